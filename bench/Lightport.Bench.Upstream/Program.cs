using Lightport.Bench.Upstream;

int port = int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture);
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.ListenLocalhost(port);
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = null;
    // A stalled reader is one of the things measured: it must not be cut off.
    kestrel.Limits.MinResponseDataRate = null;
});
WebApplication app = builder.Build();
app.Run(Answer.HandleAsync);
await app.RunAsync();
