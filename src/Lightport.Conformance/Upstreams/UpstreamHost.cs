using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Lightport.Conformance.Upstreams;

/// <summary>All scripted providers behind one loopback port, each below a path that is its dialect's id.</summary>
internal sealed partial class UpstreamHost : IAsyncDisposable
{
    /// <summary>What an error before the answer says; a client must be able to read it.</summary>
    public const string BusyMessage = "The scripted provider is busy.";

    /// <summary>What an error inside an answer says.</summary>
    public const string BrokenMessage = "The scripted provider broke.";

    /// <summary>How long a busy provider wants to be left alone, in seconds.</summary>
    public const string RetryAfter = "7";

    private readonly WebApplication _app;
    private readonly Dictionary<string, UpstreamScript> _scripts;
    private readonly ConcurrentDictionary<string, UpstreamSession> _sessions = new();

    private UpstreamHost(WebApplication app, IEnumerable<UpstreamScript> scripts)
    {
        _app = app;
        _scripts = scripts.ToDictionary(script => script.Dialect);
        app.Run(AnswerAsync);
    }

    /// <summary>The address of all, without a path.</summary>
    public string Address => _app.Urls.First();

    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="scripts">The providers.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<UpstreamHost> StartAsync(
        int port, IEnumerable<UpstreamScript> scripts, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}");
        builder.Logging.ClearProviders();
        var host = new UpstreamHost(builder.Build(), scripts);
        await host._app.StartAsync(cancellationToken);
        return host;
    }

    public UpstreamSession Open(string mark) => _sessions[mark] = new UpstreamSession(mark);

    public void Close(UpstreamSession session) => _sessions.TryRemove(session.Mark, out _);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        string[] path = target.Split('?')[0].Split('/', 3);
        if (path.Length < 3 || !_scripts.TryGetValue(path[1], out UpstreamScript? script))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (JsonReading.Parse(text) is not { } body
            || !_sessions.TryGetValue(MarkPattern().Match(text).Groups[1].Value, out UpstreamSession? session))
        {
            await WriteAsync(context, 400, script.Error(400, "The body is no request of the suite."));
            return;
        }

        var request = new UpstreamRequest(
            "/" + path[2],
            context.Request.QueryString.Value ?? "",
            context.Request.Headers.ToDictionary(
                header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body);
        (Heard heard, Reply reply) = session.Take(script, request);
        context.RequestAborted.Register(session.GiveUp);
        await (heard switch
        {
            { Complaints: [string complaint, ..] } => WriteAsync(context, 400, script.Error(400, complaint)),
            { IsStream: true } => StreamAsync(context, script, session, reply),
            _ => WholeAsync(context, script, session, reply),
        });
    }

    private static async Task WholeAsync(
        HttpContext context, UpstreamScript script, UpstreamSession session, Reply reply)
    {
        switch (reply.Answer.Fault)
        {
            case Fault.ErrorBefore:
                await BusyAsync(context, script);
                break;
            case Fault.ErrorInside:
                await WriteAsync(context, 200, script.ErrorInside(BrokenMessage));
                break;
            case Fault.Held:
                await HoldAsync(context, session);
                break;
            case Fault.Cut:
                byte[] whole = Bytes(script.Whole(reply));
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = whole.Length;
                await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            default:
                await WriteAsync(context, 200, script.Whole(reply));
                break;
        }
    }

    private static async Task StreamAsync(
        HttpContext context, UpstreamScript script, UpstreamSession session, Reply reply)
    {
        Fault fault = reply.Answer.Fault;
        if (fault == Fault.ErrorBefore)
        {
            await BusyAsync(context, script);
            return;
        }

        context.Response.ContentType = script.StreamType;
        byte[][] frames = [.. script.Frames(reply)];

        // A fault comes after some of the words, and long before the end.
        int count = fault == Fault.None ? frames.Length : script.FramesToWords;
        foreach (byte[] frame in frames[..count])
        {
            await context.Response.Body.WriteAsync(frame);
            await context.Response.Body.FlushAsync();
        }

        switch (fault)
        {
            case Fault.ErrorInside:
                await context.Response.Body.WriteAsync(script.ErrorFrame(BrokenMessage));
                break;
            case Fault.Held:
                await HoldAsync(context, session);
                break;
            case Fault.Cut:
                byte[] next = frames[count];
                await context.Response.Body.WriteAsync(next.AsMemory(0, next.Length / 2));
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
        }
    }

    private static Task BusyAsync(HttpContext context, UpstreamScript script)
    {
        context.Response.Headers.RetryAfter = RetryAfter;
        return WriteAsync(context, 429, script.Error(429, BusyMessage));
    }

    /// <summary>Says nothing more until the caller goes.</summary>
    private static async Task HoldAsync(HttpContext context, UpstreamSession session)
    {
        session.Holding.TrySetResult();
        await session.GivenUp;
        context.Abort();
    }

    private static async Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        byte[] bytes = Bytes(body);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes);
    }

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());

    [GeneratedRegex(@"\[conform ([0-9a-z-]+)\]")]
    private static partial Regex MarkPattern();
}
