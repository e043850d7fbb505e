using Lightport;
using Lightport.Admission;
using Lightport.Azure;

// What Functions puts together, on Kestrel: --urls, and the settings of docs/management.md from the environment.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = RequestGuard.MaxBodyBytes + 1;
});
builder.Services.AddLightport(builder.Configuration);
builder.Services.AddLightportAzure(builder.Configuration);

WebApplication app = builder.Build();
Gateway gateway = app.Services.GetRequiredService<Gateway>();
foreach (GatewayEndpoint endpoint in GatewayEndpoints.All)
{
    string pattern = endpoint.TakesSlashes
        ? endpoint.Path.Replace("{", "{**", StringComparison.Ordinal)
        : endpoint.Path;
    Task Answer(HttpContext context) => gateway.HandleAsync(endpoint, context, CancellationToken.None);
    if (endpoint.Method == "*")
    {
        app.Map(pattern, Answer);
    }
    else
    {
        app.MapMethods(pattern, [endpoint.Method], Answer);
    }
}

await app.RunAsync();
