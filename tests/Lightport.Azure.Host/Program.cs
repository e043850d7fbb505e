using Lightport;
using Lightport.Azure;

// What Functions puts together, on Kestrel: --urls, and the settings of docs/management.md from the environment.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddLightportAzure(builder.Configuration);

WebApplication app = builder.Build();
app.MapLightport();
await app.RunAsync();
