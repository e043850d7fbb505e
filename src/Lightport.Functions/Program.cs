using Lightport;
using Lightport.Azure;
using Lightport.Functions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);

builder.ConfigureFunctionsWebApplication();
builder.Configuration.PreferFileBesideTheApp();

builder.Services.Configure<KestrelServerOptions>(WorkerLimits.Apply);
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddLightportAzure(builder.Configuration);

IHost app = builder.Build();
app.Services.RefuseToServeEveryone();
app.Run();
