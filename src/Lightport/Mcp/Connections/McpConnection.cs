using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Connections;

/// <summary>One server, connected: any number of requests at once.</summary>
internal sealed class McpConnection : IAsyncDisposable
{
    /// <summary>From this revision on, a request of HTTP is cancelled by closing its answer, and no sooner.</summary>
    private const string ClosingCancels = "2026-07-28";

    /// <summary>What servers say where one of their lists is another.</summary>
    private static readonly string[] Lists =
    [
        NotificationMethods.ToolListChangedNotification,
        NotificationMethods.ResourceListChangedNotification,
        NotificationMethods.PromptListChangedNotification,
    ];

    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(5);

    private readonly McpClient _client;
    private readonly ProgramProcess? _process;
    private readonly ConcurrentDictionary<string, Action<string>> _listeners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Said, string Of), Action> _onChange = new();
    private readonly IAsyncDisposable[] _ears;
    private long _lastId;

    /// <param name="client">Speaks the revision that the server speaks.</param>
    /// <param name="process">The program that it speaks to; null where it is reached by HTTP.</param>
    /// <param name="wasRemembered">Its revision was remembered and has not been asked for.</param>
    public McpConnection(McpClient client, ProgramProcess? process, bool wasRemembered)
    {
        (_client, _process, WasRemembered) = (client, process, wasRemembered);
        Uses = new UseCount(() => _ = CloseAsync());
        _ears =
        [
            client.RegisterNotificationHandler(NotificationMethods.ProgressNotification, HearProgressAsync),
            .. Lists.Select(list => client.RegisterNotificationHandler(list, HearChangeAsync)),
        ];
    }

    /// <summary>Its revision was remembered, so that its first answer shows whether it still speaks it.</summary>
    public bool WasRemembered { get; }

    /// <summary>The revision of the protocol that both speak.</summary>
    public string Revision => _client.NegotiatedProtocolVersion ?? "";

    /// <summary>Who uses it; it is closed after the last of them, once it is retired.</summary>
    public UseCount Uses { get; }

    /// <summary>The server, or its program, is gone; or it is of no use any more.</summary>
    public bool IsOver => Uses.IsRetired || _client.Completion.IsCompleted;

    /// <summary>The program's process; null where it is reached by HTTP.</summary>
    public int? Process => _process?.Id;

    /// <summary>Has something called where the server says that a list has changed; what was there first stays.
    /// </summary>
    /// <param name="notification">Says so; several lists may share it.</param>
    /// <param name="method">Lists it.</param>
    public void OnChange(string notification, string method, Action changed) =>
        _onChange.TryAdd((notification, method), changed);

    /// <summary>
    /// Whether the protocol takes what the tool's schema says of headers; told of it, the connection sends them.
    /// </summary>
    public bool Knows(Tool tool)
    {
        try
        {
            _client.AddKnownTools([tool]);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The second is what the framework has for names that are no text (half of a surrogate pair).
            return false;
        }
    }

    /// <summary>
    /// Lets the next call of a tool send what its schema wants in headers, where the connection has not listed it
    /// itself.
    /// </summary>
    public void TellHeaders(McpTool tool)
    {
        const string Mark = "x-mcp-header";
        if (tool.Parameters.GetRawText().Contains(Mark, StringComparison.Ordinal))
        {
            Knows(new Tool { Name = tool.Name, InputSchema = tool.Parameters });
        }
    }

    /// <summary>One page of a list, as the server wrote it: what cannot be read of it is its own loss.</summary>
    /// <param name="method">Lists it.</param>
    public Task<JsonNode?> ListAsync(string method, string? cursor, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject();
        if (cursor is not null)
        {
            parameters["cursor"] = cursor;
        }

        return AskAsync(method, parameters, cancellationToken);
    }

    /// <summary>Asks for anything, and gives the result as the server wrote it.</summary>
    /// <exception cref="OperationCanceledException">The server has been told.</exception>
    public Task<JsonNode?> AskAsync(string method, JsonObject parameters, CancellationToken cancellationToken) =>
        RequestAsync(NextId(), method, parameters, cancellationToken);

    public Task<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken) => AskedAsync(
        () => _client.ReadResourceAsync(new ReadResourceRequestParams { Uri = uri }, cancellationToken).AsTask());

    public Task<GetPromptResult> PromptAsync(
        string name, IReadOnlyDictionary<string, string> arguments, CancellationToken cancellationToken) => AskedAsync(
        () => _client.GetPromptAsync(
            name,
            arguments.ToDictionary(argument => argument.Key, argument => (object?)argument.Value),
            cancellationToken: cancellationToken).AsTask());

    /// <summary>Calls a tool.</summary>
    /// <param name="progress">Is told what the server says of it; null where nobody listens.</param>
    /// <returns>The result as the server wrote it.</returns>
    /// <exception cref="OperationCanceledException">The server has been told.</exception>
    public async Task<JsonNode?> CallAsync(
        string tool, JsonElement arguments, Action<string>? progress, CancellationToken cancellationToken)
    {
        string id = NextId();
        var parameters = new JsonObject { ["name"] = tool, ["arguments"] = JsonObject.Create(arguments) };
        if (progress is not null)
        {
            parameters["_meta"] = new JsonObject { ["progressToken"] = id };
            _listeners[id] = progress;
        }

        try
        {
            return await RequestAsync(id, RequestMethods.ToolsCall, parameters, cancellationToken)
                .ConfigureAwait(false);
        }
        finally
        {
            _listeners.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable ear in _ears)
        {
            await ear.DisposeAsync().ConfigureAwait(false);
        }

        // A program that does not end its output would be waited for: its input is closed first.
        if (_process is not null)
        {
            await _process.DisposeAsync().ConfigureAwait(false);
        }

        await _client.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends its program at once, where the host does not wait.</summary>
    public void Kill() => _process?.Dispose();

    private bool TellsByMessage =>
        _process is null && string.CompareOrdinal(Revision, ClosingCancels) < 0;

    private string NextId() => Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);

    private async Task<JsonNode?> RequestAsync(
        string id, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        try
        {
            JsonRpcResponse response = await AskedAsync(() => _client.SendRequestAsync(
                new JsonRpcRequest { Id = new RequestId(id), Method = method, Params = parameters },
                cancellationToken)).ConfigureAwait(false);
            return response.Result;
        }
        catch (OperationCanceledException) when (TellsByMessage)
        {
            _ = TellCancelledAsync(id);
            throw;
        }
    }

    /// <summary>A program is heard by what it is asked, and by whether it answers.</summary>
    private async Task<T> AskedAsync<T>(Func<Task<T>> ask)
    {
        bool isAnswered = false;
        (long Bytes, long Messages) question = _process?.Flood.BeginQuestion() ?? default;
        try
        {
            T answer = await ask().ConfigureAwait(false);
            isAnswered = true;
            return answer;
        }
        catch (McpProtocolException)
        {
            isAnswered = true;
            throw;
        }
        catch (Exception e) when (_process?.Flood.Met is not null && e is not OperationCanceledException)
        {
            throw AnswerTooLargeException.OfSpeech(_process.Flood.Met);
        }
        finally
        {
            _process?.Flood.EndQuestion(question, isAnswered);
        }
    }

    /// <summary>Off the way of whoever used it last.</summary>
    private async Task CloseAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            // It was ended for being of no use, and has ended otherwise.
        }
    }

    private async Task TellCancelledAsync(string id)
    {
        using var patience = new CancellationTokenSource(CancelPatience);
        try
        {
            await _client.SendMessageAsync(
                new JsonRpcNotification
                {
                    Method = NotificationMethods.CancelledNotification,
                    Params = new JsonObject { ["requestId"] = id },
                },
                patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e) || e is OperationCanceledException)
        {
            // It is told for its own sake, and whoever asked is gone.
        }
    }

    private ValueTask HearProgressAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        if (notification.Params is JsonObject said
            && said["progressToken"] is JsonValue token
            && _listeners.TryGetValue(token.ToString(), out Action<string>? listener)
            && ProgressText.Of(said) is { } text)
        {
            listener(text);
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask HearChangeAsync(JsonRpcNotification notification, CancellationToken cancellationToken)
    {
        foreach (((string said, _), Action changed) in _onChange)
        {
            if (said == notification.Method)
            {
                changed();
            }
        }

        return ValueTask.CompletedTask;
    }
}
