using Lightport;
using Lightport.Server;
using Lightport.Server.Logging;

if (CommandLine.Refusal(args) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 2;
}

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Logging.AddLightport();
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddLightportTelemetry(builder.Configuration, lastWords: TimeSpan.FromSeconds(10));

return await Startup.RunAsync(builder, Console.Error);
