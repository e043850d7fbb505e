using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Lists;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp;

/// <inheritdoc cref="IMcpCatalog"/>
internal sealed class McpCatalog(
    ServerQuestions questions, McpConnections connections, TimeProvider time, ILogger<McpCatalog> logger)
    : IMcpCatalog
{
    private readonly EntryLists<Resource> _resources = new(EntryKinds.Resources, connections, time, logger);
    private readonly EntryLists<ResourceTemplate> _templates = new(EntryKinds.Templates, connections, time, logger);
    private readonly EntryLists<Prompt> _prompts = new(EntryKinds.Prompts, connections, time, logger);

    public ValueTask<IReadOnlyList<Resource>> ResourcesAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) =>
        _resources.GetAsync(server, caller, cancellationToken);

    public ValueTask<IReadOnlyList<ResourceTemplate>> TemplatesAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) =>
        _templates.GetAsync(server, caller, cancellationToken);

    public ValueTask<IReadOnlyList<Prompt>> PromptsAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken) =>
        _prompts.GetAsync(server, caller, cancellationToken);

    public ValueTask<ReadResourceResult> ReadAsync(
        McpServer server, string uri, McpCaller caller, CancellationToken cancellationToken) =>
        AskAsync<ReadResourceResult>(
            server,
            caller,
            "the resource",
            RequestMethods.ResourcesRead,
            new JsonObject { ["uri"] = uri },
            read => EntryForm.IsWhole(read) ? read.Contents.Count : null,
            cancellationToken);

    public ValueTask<GetPromptResult> PromptAsync(
        McpServer server,
        string name,
        JsonObject? arguments,
        McpCaller caller,
        CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["name"] = name };
        if (arguments is not null)
        {
            parameters["arguments"] = arguments;
        }

        return AskAsync<GetPromptResult>(
            server,
            caller,
            "the prompt",
            RequestMethods.PromptsGet,
            parameters,
            got => EntryForm.IsWhole(got) ? got.Messages.Count : null,
            cancellationToken);
    }

    /// <summary>The protocol has at most 100 values; what a server says beyond them is left out by its own word.
    /// </summary>
    public async ValueTask<CompleteResult> CompleteAsync(
        McpServer server, CompleteRequestParams asked, McpCaller caller, CancellationToken cancellationToken)
    {
        CompleteResult said = await AskAsync<CompleteResult>(
            server,
            caller,
            "completions",
            RequestMethods.CompletionComplete,
            (JsonObject)JsonSerializer.SerializeToNode(asked, FormOf<CompleteRequestParams>())!,
            completed => EntryForm.IsWhole(completed) ? 0 : null,
            cancellationToken).ConfigureAwait(false);
        if (said.Completion.Values.Count > McpBounds.MostCompletions)
        {
            said.Completion.Values = [.. said.Completion.Values.Take(McpBounds.MostCompletions)];
            said.Completion.HasMore = true;
        }

        return said;
    }

    /// <param name="count">How many parts the answer has; null where it lacks what the protocol says it has.</param>
    private ValueTask<T> AskAsync<T>(
        McpServer server,
        McpCaller caller,
        string what,
        string method,
        JsonObject parameters,
        Func<T, int?> count,
        CancellationToken cancellationToken)
        where T : class => questions.AskAsync(
        server,
        caller,
        what,
        async (connection, cancellation) =>
        {
            // What is not heard the first time is said again, and a node has one parent.
            JsonNode? said = await connection
                .AskAsync(method, (JsonObject)parameters.DeepClone(), cancellation)
                .ConfigureAwait(false);
            T answer = said.Deserialize(FormOf<T>()) ?? throw new JsonException("There is no result.");
            int parts = count(answer) ?? throw new JsonException("The result lacks what every one has.");
            return parts <= McpBounds.MostParts ? answer : throw TooMany();
        },
        cancellationToken);

    private static AnswerTooLargeException TooMany() => AnswerTooLargeException.OfParts(McpBounds.MostParts);

    private static JsonTypeInfo<T> FormOf<T>() =>
        (JsonTypeInfo<T>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
