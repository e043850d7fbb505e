using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Cli.Tests.Running;

/// <summary>A gateway on loopback that answers what it was told to, and keeps what it was asked.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private readonly ConcurrentQueue<ReceivedCall> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<FakeAnswer>> _answers = new();
    private readonly WebApplication _app;

    private FakeGateway(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public string Address => _app.Urls.Single();

    /// <summary>In the order they came.</summary>
    public IReadOnlyList<ReceivedCall> Calls => [.. _calls];

    /// <summary>Ends when a call has come.</summary>
    public TaskCompletionSource Called { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<FakeGateway> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateway = new FakeGateway(builder.Build());
        await gateway._app.StartAsync();
        return gateway;
    }

    /// <summary>What a call is answered: the answers in turn, the last one ever after.</summary>
    /// <param name="line">Method, path and query, as <c>GET /manage/keys?limit=1000</c>.</param>
    /// <param name="answers">The answers.</param>
    public FakeGateway On(string line, params FakeAnswer[] answers)
    {
        _answers[line] = new ConcurrentQueue<FakeAnswer>(answers);
        return this;
    }

    public FakeGateway On(string line, string json) => On(line, new FakeAnswer(200, json));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string line = $"{request.Method} {request.Path.ToUriComponent()}{request.QueryString}";
        using var reader = new StreamReader(request.Body);
        string body = await reader.ReadToEndAsync();
        var headers = request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _calls.Enqueue(new ReceivedCall(line, headers, body));
        Called.TrySetResult();
        await Find(line).WriteAsync(context);
    }

    private FakeAnswer Find(string line)
    {
        if (!_answers.TryGetValue(line, out ConcurrentQueue<FakeAnswer>? queue))
        {
            return new FakeAnswer(418, $$$"""{"error":{"message":"The test expects no call {{{line}}}."}}""");
        }

        return queue.Count > 1 && queue.TryDequeue(out FakeAnswer? next) ? next
            : queue.TryPeek(out FakeAnswer? last) ? last
            : throw new InvalidOperationException($"There is no answer to {line}.");
    }
}
