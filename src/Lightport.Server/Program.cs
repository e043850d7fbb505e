using Lightport;
using Lightport.Configuration;
using Lightport.Server;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
builder.Services.AddLightport();
builder.Services.AddLightportConfiguration(builder.Configuration, args);

WebApplication app = builder.Build();
app.MapLightport();
return await Startup.RunAsync(app);
