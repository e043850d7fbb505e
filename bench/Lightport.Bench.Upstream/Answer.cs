using System.Globalization;
using System.IO.Pipelines;

namespace Lightport.Bench.Upstream;

/// <summary>Answers every request: the wire by the path's end, the kind of answer by the body.</summary>
internal static class Answer
{
    /// <summary>Length of the long stream, in bytes.</summary>
    private const long FloodBytes = 300L * 1024 * 1024;

    /// <summary>Events of a slow stream, one a second: long enough to open 2,000 of them and look.</summary>
    private const int SlowEvents = 45;

    private static readonly Wire Chat = ChatWire.Create();
    private static readonly Wire Messages = MessagesWire.Create();
    private static readonly Wire Responses = ResponsesWire.Create();
    private static readonly Wire Gemini = GeminiWire.Create();
    private static readonly Wire Converse = ConverseWire.Create();
    private static long s_flooded;

    public static Task HandleAsync(HttpContext http)
    {
        string path = http.Request.Path.Value!;
        if (path.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            return AnswerAsync(http, Chat, ChatWire.Done);
        }

        if (path.EndsWith("/messages", StringComparison.Ordinal))
        {
            return AnswerAsync(http, Messages, done: []);
        }

        if (path.EndsWith("/responses", StringComparison.Ordinal))
        {
            return AnswerAsync(http, Responses, done: []);
        }

        if (path.EndsWith("enerateContent", StringComparison.Ordinal))
        {
            return AnswerAsync(http, Gemini, done: [], path.Contains(":stream", StringComparison.Ordinal));
        }

        if (path.Contains("/converse", StringComparison.Ordinal))
        {
            return AnswerAsync(http, Converse, done: [], path.EndsWith("-stream", StringComparison.Ordinal));
        }

        // How much of the long stream has been taken from here, so that back-pressure can be seen.
        return http.Response.WriteAsync(Interlocked.Read(ref s_flooded).ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="streamed">The path says that a stream is wanted; elsewhere the body does.</param>
    private static async Task AnswerAsync(HttpContext http, Wire wire, byte[] done, bool streamed = false)
    {
        Ask ask = await Ask.ReadAsync(http.Request.BodyReader);
        PipeWriter output = http.Response.BodyWriter;
        if (!ask.Stream && !streamed)
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = wire.Unary.Length;
            await output.WriteAsync(wire.Unary);
            return;
        }

        http.Response.ContentType = wire.StreamType;
        http.Response.Headers.CacheControl = "no-cache";
        foreach (byte[] opening in wire.Opening)
        {
            await output.WriteAsync(opening);
        }

        try
        {
            await (ask switch
            {
                { Slow: true } => SlowAsync(output, wire, http.RequestAborted),
                { Flood: true } => FloodAsync(output, wire, http.RequestAborted),
                _ => DeltasAsync(output, wire),
            });
        }
        catch (OperationCanceledException)
        {
            return;
        }

        foreach (byte[] closing in wire.Closing)
        {
            await output.WriteAsync(closing);
        }

        if (ask.IncludeUsage && wire.Usage.Length > 0)
        {
            await output.WriteAsync(wire.Usage);
        }

        if (done.Length > 0)
        {
            await output.WriteAsync(done);
        }
    }

    private static async Task DeltasAsync(PipeWriter output, Wire wire)
    {
        for (int i = 0; i < Wire.Deltas; i++)
        {
            await output.WriteAsync(wire.Delta);
            // Lets the bytes go out before the next are there: providers send their tokens one by one.
            await Task.Yield();
        }
    }

    private static async Task SlowAsync(PipeWriter output, Wire wire, CancellationToken aborted)
    {
        for (int i = 0; i < SlowEvents; i++)
        {
            await output.WriteAsync(wire.Delta, aborted);
            await Task.Delay(TimeSpan.FromSeconds(1), aborted);
        }
    }

    private static async Task FloodAsync(PipeWriter output, Wire wire, CancellationToken aborted)
    {
        Interlocked.Exchange(ref s_flooded, 0);
        for (long sent = 0; sent < FloodBytes && !aborted.IsCancellationRequested; sent += wire.Bulk.Length)
        {
            await output.WriteAsync(wire.Bulk, aborted);
            Interlocked.Add(ref s_flooded, wire.Bulk.Length);
        }
    }
}
