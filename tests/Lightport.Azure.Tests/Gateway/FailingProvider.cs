using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>A provider on loopback that answers every call with a 500, and counts them.</summary>
internal sealed class FailingProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _calls;

    private FailingProvider()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(FailAsync);
    }

    public int Calls => Volatile.Read(ref _calls);

    /// <summary>For <c>base-url</c>.</summary>
    public Uri Address => new(new Uri(_app.Urls.Single()), "v1");

    public static async Task<FailingProvider> StartAsync()
    {
        var provider = new FailingProvider();
        await provider._app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task FailAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsync("""{"error":{"message":"Broken.","type":"server_error"}}""");
    }
}
