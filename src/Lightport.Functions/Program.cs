using Lightport;
using Lightport.Azure;
using Lightport.Functions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);

builder.ConfigureFunctionsWebApplication();
builder.Configuration.PreferFileBesideTheApp();
builder.Configuration.PreferShortDrain();

// The web server's own lines hold whole addresses, and a Gemini client's address its key.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Logging.AddProvider(new BackgroundLog(Console.Out));
builder.Services.Configure<KestrelServerOptions>(WorkerLimits.Apply);
builder.Services.AddSingleton(AzureFrontEnd.Limits);
builder.Services.AddLightport(builder.Configuration, ownsFiles: builder.Configuration.IsLocal());
builder.Services.AddLightportAzure(builder.Configuration);
builder.Services.AddLightportTelemetry(builder.Configuration, HostStop.LastWords);
builder.Services.AddHostWatch(builder.Configuration);

IHost app = builder.Build();
app.Services.GuardConfiguration();
using var signal = new StopSignal();
app.Run();
return signal.ExitCode;
