using Lightport;
using Lightport.Server;
using Lightport.Server.Logging;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(KestrelLimits.Apply);
builder.Logging.AddLightport();
builder.Services.AddLightport(builder.Configuration);

return await Startup.RunAsync(builder.Build());
