using Lightport;
using Lightport.Server;
using Lightport.Server.Logging;

if (CommandLine.Help(args) is { } help)
{
    await Console.Out.WriteLineAsync(help);
    return 0;
}

if (CommandLine.Refusal(args) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 2;
}

// What may change while it runs is followed by the gateway itself; watching the framework's files costs a start.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false", .. args]);
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
builder.Logging.AddLightport();
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddLightportTelemetry(builder.Configuration, lastWords: TimeSpan.FromSeconds(10));

return await Startup.RunAsync(builder, Console.Error);
