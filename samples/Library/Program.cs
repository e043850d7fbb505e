using Lightport;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddLightport(builder.Configuration);

WebApplication app = builder.Build();
app.MapGet("/", () => "An app of its own, with a gateway inside.");
app.MapLightport();
await app.RunAsync();
