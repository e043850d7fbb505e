using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A client of one dialect with a tool of its own, <c>ring</c>, whose calls it answers with «Rang.».</summary>
internal abstract class ToolClient
{
    /// <summary>Those of every dialect whose clients have tools.</summary>
    public static IReadOnlyDictionary<string, ToolClient> All { get; } = new Dictionary<string, ToolClient>
    {
        ["chat"] = new ChatToolClient(),
        ["gemini"] = new GeminiToolClient(),
        ["responses"] = new ResponsesToolClient(),
        ["messages"] = new MessagesToolClient(),
        ["interactions"] = new InteractionsToolClient(),
    };

    /// <summary>It is told what was run, and brings it back.</summary>
    public abstract bool SeesRuns { get; }

    public abstract JsonObject User(string words);

    public abstract Task<ClientCall> SendAsync(ToolGateway tools, string model, bool streams, JsonArray turns);

    /// <summary>Adds an answer to the conversation, and the results of all calls of its own in it.</summary>
    /// <returns>The ids of these calls.</returns>
    public abstract IReadOnlyList<string> Add(JsonArray turns, ClientCall call, bool streams);

    /// <summary>What a stream of events says, one by one.</summary>
    protected static IEnumerable<JsonObject> Events(ClientCall call) => call.Text
        .Split('\n')
        .Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
        .Select(line => JsonNode.Parse(line[6..])!.AsObject());

    protected static JsonArray Parse(string json) => JsonNode.Parse(json)!.AsArray();
}
