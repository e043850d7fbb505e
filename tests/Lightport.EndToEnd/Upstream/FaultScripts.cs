using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>What providers do wrong.</summary>
internal static class FaultScripts
{
    public const int BigEventLetters = 10 * 1024 * 1024;

    /// <summary>What an error inside an answer says.</summary>
    public const string FailureText = "failed with a smile";

    private static int _failedOnce;

    public static IReadOnlyDictionary<string, Func<UpstreamCall, Task>> All { get; } =
        new Dictionary<string, Func<UpstreamCall, Task>>
        {
            ["error-400"] = call => ErrorWire.WriteAsync(call, 400, "invalid_request_error", "top_k is too odd"),
            ["error-401"] = call => ErrorWire.WriteAsync(call, 401, "authentication_error", "the key is no good"),
            ["error-429"] = LimitAsync,
            ["error-500"] = call => ErrorWire.WriteAsync(call, 500, "api_error", "the fake broke", "broken"),
            ["error-529"] = call => ErrorWire.WriteAsync(call, 529, "overloaded_error", "too much to do"),
            ["error-html"] = call => WriteAsync(call, 502, "text/html", "<html><body>Bad Gateway</body></html>"),
            ["error-200"] = call => WriteAsync(call, 200, "application/json", FailureInside(call).ToWire()),
            ["error-mid"] = MidStreamErrorAsync,
            ["reset-head"] = call => Abort(call),
            ["reset-mid"] = async call => { await StartAsync(call); await Abort(call); },
            ["end-early"] = StartAsync,
            ["truncated"] = TruncateAsync,
            ["garbage"] = call => WriteAsync(call, 200, "application/json", "<<<not json at all>>>"),
            ["garbage-mid"] = async call => { await StartAsync(call); await SendRawAsync(call, "data: {oops\n\n"); },
            ["hold-head"] = async call =>
            {
                await HoldAsync(call);
                await Scripts.WriteAsync(call, PartialStream.Answer);
            },
            ["hold-body"] = async call => { await StartAsync(call); await HoldAsync(call); await FinishAsync(call); },
            ["endless"] = EndlessAsync,
            ["big-event"] = BigEventAsync,
            ["too-big-event"] = async call => { await StartAsync(call); await TooBigAsync(call); },
            ["fail-once"] = call => Interlocked.Increment(ref _failedOnce) == 1
                ? ErrorWire.WriteAsync(call, 503, "api_error", "try again")
                : Scripts.WriteAsync(call, new() { Text = "second time lucky" }),
            ["loose"] = LooseWire.WriteAsync,
        };

    /// <summary>Streamed, ten mebibytes come as one delta.</summary>
    private static Task BigEventAsync(UpstreamCall call)
    {
        string city = new JsonObject { ["city"] = new string('x', BigEventLetters) }.ToWire();
        return Scripts.WriteAsync(call, new() { Calls = [new("call_a", "weather", city)], Uncut = true });
    }

    private static Task LimitAsync(UpstreamCall call)
    {
        call.Context.Response.Headers.RetryAfter = "17";
        call.Context.Response.Headers["x-ratelimit-remaining-requests"] = "0";
        return ErrorWire.WriteAsync(call, 429, "rate_limit_error", "slow down", "rate_limit_exceeded");
    }

    public static JsonObject Failure(UpstreamCall call) =>
        ErrorWire.Body(call.Wire, "overloaded_error", FailureText, "smile");

    private static JsonObject FailureInside(UpstreamCall call) =>
        call.Script?.ErrorInside(FailureText) ?? Failure(call);

    /// <summary>
    /// Says "partial" and no more; the stream is left open. A model with <c>@held</c> then waits for the test, so that what
    /// follows cannot come to the gateway together with the beginning.
    /// </summary>
    private static async Task StartAsync(UpstreamCall call)
    {
        call.Context.Response.ContentType = call.Script?.StreamType ?? "text/event-stream";
        foreach (byte[] item in PartialStream.Of(call).Beginning)
        {
            await StrictWire.SendAsync(call, item);
        }

        if (call.Model.Contains("@held", StringComparison.Ordinal))
        {
            await HoldAsync(call);
        }
    }

    private static async Task FinishAsync(UpstreamCall call)
    {
        foreach (byte[] item in PartialStream.Of(call).Ending)
        {
            await StrictWire.SendAsync(call, item);
        }
    }

    private static async Task MidStreamErrorAsync(UpstreamCall call)
    {
        await StartAsync(call);
        await StrictWire.SendAsync(call, PartialStream.Of(call).Failure);
    }

    /// <summary>A content length that is never reached.</summary>
    private static async Task TruncateAsync(UpstreamCall call)
    {
        call.Context.Response.ContentType = "application/json";
        call.Context.Response.ContentLength = 1000;
        await SendRawAsync(call, """{"id":"x","choices":[{"index":0,"mess""");
        await Abort(call);
    }

    private static async Task EndlessAsync(UpstreamCall call)
    {
        await StartAsync(call);
        byte[] more = PartialStream.Of(call).More;
        while (true)
        {
            await StrictWire.SendAsync(call, more);
        }
    }

    private static async Task TooBigAsync(UpstreamCall call)
    {
        await SendRawAsync(call, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
        string mebibyte = new('x', 1024 * 1024);
        for (int sent = 0; sent < 20; sent++)
        {
            await SendRawAsync(call, mebibyte);
        }
    }

    private static Task HoldAsync(UpstreamCall call) => call.Release.Task.WaitAsync(call.Context.RequestAborted);

    private static Task Abort(UpstreamCall call)
    {
        call.Context.Abort();
        return Task.CompletedTask;
    }

    private static async Task SendRawAsync(UpstreamCall call, string text)
    {
        await call.Context.Response.WriteAsync(text, call.Context.RequestAborted);
        await call.Context.Response.Body.FlushAsync(call.Context.RequestAborted);
    }

    private static Task WriteAsync(UpstreamCall call, int status, string mediaType, string body)
    {
        call.Context.Response.StatusCode = status;
        call.Context.Response.ContentType = mediaType;
        return call.Context.Response.WriteAsync(body);
    }
}
