using Lightport;
using Lightport.Bench.Watched;
using Lightport.Exchanges.Stages;
using Lightport.Server;
using Lightport.Server.Logging;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Logging.AddLightport();
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddSingleton<IStage, Watch>();
return await Startup.RunAsync(builder, Console.Error);
