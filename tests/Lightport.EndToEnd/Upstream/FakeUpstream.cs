using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Lightport.EndToEnd.Upstream;

/// <summary>
/// Providers on loopback, one on each wire. The model asked for names the script that answers; what stands after an
/// <c>@</c> in it only tells calls apart (<c>text@first</c> is answered as <c>text</c>).
/// </summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly ConcurrentQueue<UpstreamCall> _calls = new();
    private readonly ConcurrentDictionary<string, Channel<UpstreamCall>> _arrivals = new();
    private readonly ConcurrentDictionary<string, Func<UpstreamCall, Task>> _scripts = new(Scripts.All);
    private WebApplication? _application;

    public string Address { get; private set; } = "";

    /// <summary>Every request that came, oldest first.</summary>
    public IReadOnlyCollection<UpstreamCall> Calls => _calls;

    public async Task StartAsync(string url)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(options => options.Limits.MaxRequestBodySize = null);
        _application = builder.Build();
        _application.Urls.Add(url);
        _application.MapPost("/v1/messages", context => AnswerAsync(context, Wire.Anthropic));
        _application.MapPost("/v1/responses", context => AnswerAsync(context, Wire.Responses));
        _application.MapPost("/v1beta/interactions", context => AnswerAsync(context, Wire.Interactions));
        _application.MapPost("/v1beta/models/{model}:countTokens", () => Results.Json(new { totalTokens = 9 }));
        _application.MapPost("/v1beta/models/{model}:{action}", context => AnswerAsync(context, Wire.Gemini));
        _application.MapPost("/model/{model}/{action}", context => AnswerAsync(context, Wire.Converse));
        _application.MapPost("/v1/{**path}", context => AnswerAsync(context, Wire.OpenAI));
        await _application.StartAsync();
        Address = _application.Urls.Single();
    }

    public ValueTask DisposeAsync() => _application?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Adds a script for the models of one test.</summary>
    public void Script(string model, Func<UpstreamCall, Task> answer) => _scripts[model] = answer;

    public IReadOnlyList<UpstreamCall> CallsOf(string model) => [.. _calls.Where(call => call.Model == model)];

    /// <summary>The next request for the model, waited for.</summary>
    public async Task<UpstreamCall> ArrivalAsync(string model) =>
        await Arrivals(model).Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>Waits until the one request for the model has been given up.</summary>
    public Task CanceledAsync(string model) => CallsOf(model).Single().Canceled.WaitAsync(Patience);

    /// <summary>How long anything is waited for before a test fails.</summary>
    public static TimeSpan Patience => TimeSpan.FromSeconds(20);

    private Channel<UpstreamCall> Arrivals(string model) =>
        _arrivals.GetOrAdd(model, _ => Channel.CreateUnbounded<UpstreamCall>());

    private async Task AnswerAsync(HttpContext context, Wire wire)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var call = new UpstreamCall(context, wire, body.ToArray());
        _calls.Enqueue(call);
        Arrivals(call.Model).Writer.TryWrite(call);
        if (call.Body.TryGetProperty("thread", out _))
        {
            await ErrorWire.RefuseThreadAsync(call);
            return;
        }

        if (StrictWire.Complaint(call) is { } complaint)
        {
            await ErrorWire.WriteAsync(call, 400, "invalid_request_error", complaint);
            return;
        }

        string script = call.Model.Split('@')[0];
        if (!_scripts.TryGetValue(script, out Func<UpstreamCall, Task>? answer))
        {
            await ErrorWire.WriteAsync(call, 404, "not_found_error", $"no script for the model '{script}'");
            return;
        }

        try
        {
            await answer(call);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The gateway left; the call says so itself.
        }
    }
}
