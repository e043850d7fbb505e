using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Interactions that the gateway keeps, and goes on from whoever answers.</summary>
public sealed class GoogleInteractionsMemoryTests : IDisposable
{
    private static readonly Dictionary<string, string> One = new() { ["x-goog-api-key"] = "one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["x-goog-api-key"] = "two-key-0123456789" };

    private readonly TestGateway _gateway = new(
        $$"""
        models: { m: [anthropic/x], other: [loose/x] }
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """,
        configure: services => services.AddSingleton<IResponseStore>(new MemoryResponses()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interaction_IsGoneOnFrom_WhoeverAnswersThen(bool stream)
    {
        string id = await AskAsync(stream, "\"input\":\"hi\"");
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        using ClientCall call = await SendAsync(
            $$"""{"model":"other","previous_interaction_id":"{{id}}","input":[{"type":"text","text":"and?"}]}""", One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(
            [("user", "hi"), ("assistant", "Hello"), ("user", "and?")],
            _gateway.Upstream.Last.Json["messages"]!.AsArray()
                .Select(turn => ((string?)turn!["role"], Text(turn["content"]!))));
        Assert.NotEqual(id, (string?)call.Json["id"]);
        Assert.StartsWith("interaction_req_", (string?)call.Json["id"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interaction_ThatGoesOn_IsGoneOnFromItself()
    {
        string first = await AskAsync(stream: false, "\"input\":{\"type\":\"text\",\"text\":\"hi\"}");
        string second = await AskAsync(stream: true, $"\"previous_interaction_id\":\"{first}\",\"input\":\"more\"");
        await AskAsync(stream: false, $"\"previous_interaction_id\":\"{second}\",\"input\":\"last\"");

        Assert.Equal(5, _gateway.Upstream.Last.Json["messages"]!.AsArray().Count);
    }

    [Fact]
    public async Task Interaction_IsFoundAgain_AndRemoved_ByItsOwnKeyAlone()
    {
        string id = await AskAsync(stream: true, "\"input\":\"hi\"");

        using ClientCall found = await DoorAsync("GET", id, "", One);
        Assert.Equal((200, "completed", "Hello"), (
            found.Status,
            (string?)found.Json["status"],
            (string?)found.Json["steps"]![0]!["content"]![0]!["text"]));
        foreach ((string method, string below) in new[] { ("GET", ""), ("DELETE", ""), ("POST", "/cancel") })
        {
            using ClientCall others = await DoorAsync(method, id, below, Two);
            Assert.Equal((404, "NOT_FOUND"), (others.Status, others.Error("status")));
        }

        using ClientCall going = await SendAsync(GoingOn(id), Two);
        using ClientCall cancelled = await DoorAsync("POST", id, "/cancel", One);
        using ClientCall whole = await DoorAsync("GET", id, "?include_input=true", One);
        using ClientCall removed = await DoorAsync("DELETE", id, "", One);
        using ClientCall again = await DoorAsync("GET", id, "", One);
        Assert.Equal(
            (404, 400, 400, 200, "{}", 404),
            (going.Status, cancelled.Status, whole.Status, removed.Status, removed.Text, again.Status));
    }

    [Fact]
    public async Task Interaction_ThatIsNotToBeStored_IsNot()
    {
        string id = await AskAsync(stream: false, "\"input\":\"hi\",\"store\":false");

        Assert.Equal("msg_1", id);
        using ClientCall found = await DoorAsync("GET", id, "", One);
        Assert.Equal(404, found.Status);
    }

    [Fact]
    public async Task WishToStore_WhereNothingIsKept_IsNamed()
    {
        using var gateway = new TestGateway("models: { m: [anthropic/x] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        using ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.InteractionsBeta, """{"model":"m","input":"hi","store":true}""");

        Assert.Equal("store", call.Header("x-lightport-answer-dropped"));
    }

    [Fact]
    public async Task IdsOfOthers_AreNotAsked()
    {
        using ClientCall named = await SendAsync(GoingOn("v1_abc"), One);
        using ClientCall found = await DoorAsync("GET", "v1_abc", "", One);

        Assert.Equal((404, 404), (named.Status, found.Status));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    public void Dispose() => _gateway.Dispose();

    private static string GoingOn(string id) =>
        $$"""{"model":"m","previous_interaction_id":"{{id}}","input":"and?"}""";

    private static string Text(JsonNode content) =>
        content is JsonArray parts ? string.Concat(parts.Select(part => (string?)part!["text"])) : (string?)content ?? "";

    /// <summary>Asks Claude, who says Hello.</summary>
    /// <returns>The interaction's id.</returns>
    private async Task<string> AskAsync(bool stream, string fields)
    {
        _gateway.Upstream.Answer(
            stream ? ScriptedResponse.Events(Wires.MessagesEvents) : ScriptedResponse.Json(Wires.MessagesAnswer));
        using ClientCall call = await SendAsync(
            $$"""{"model":"m",{{fields}},"stream":{{(stream ? "true" : "false")}}}""", One);
        Assert.True(call.Status == 200, call.Text);
        JsonNode told = stream
            ? JsonNode.Parse(call.Text.Split("\n\n")
                .Single(frame => frame.StartsWith("event: interaction.completed", StringComparison.Ordinal))
                .Split("data: ")[1])!["interaction"]!
            : call.Json;
        return (string)told["id"]!;
    }

    private Task<ClientCall> SendAsync(string body, Dictionary<string, string> key) =>
        _gateway.SendAsync(GatewayEndpoints.InteractionsBeta, body, key);

    private Task<ClientCall> DoorAsync(string method, string id, string below, Dictionary<string, string> key) =>
        _gateway.SendAsync(
            GatewayEndpoints.All.Single(
                one => one.Method == method && one.Path == "/v1beta/interactions/{id}" + (below == "/cancel" ? below : "")),
            headers: key,
            path: $"/v1beta/interactions/{id}{below}");
}
