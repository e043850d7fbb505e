using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.EndToEnd.Telemetry;

/// <summary>
/// An OTLP receiver on loopback (http/protobuf). What came is kept as text: protobuf leaves strings as they are.
/// </summary>
internal sealed class FakeReceiver : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly WebApplication _application;

    private FakeReceiver(WebApplication application) => _application = application;

    public string Address => _application.Urls.Single();

    /// <summary>Everything that was sent to a path, one export after the other.</summary>
    public string this[string path] => _received.GetValueOrDefault(path, "");

    public static async Task<FakeReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        var receiver = new FakeReceiver(application);
        application.MapPost("/v1/{signal}", receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        string text = Encoding.Latin1.GetString(body.ToArray());
        _received.AddOrUpdate(context.Request.Path, text, (_, before) => before + text);
    }
}
