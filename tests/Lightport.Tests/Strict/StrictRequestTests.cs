using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws;
using Xunit.Abstractions;

namespace Lightport.Tests.Strict;

/// <summary>
/// Whatever clients say, the request that leaves is one that the strictest server takes: over recorded requests of
/// real clients, and over ones in the shape of agents with MCP servers.
/// </summary>
public sealed class StrictRequestTests(ITestOutputHelper output) : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          gpt-5: { targets: [{ to: openai/gpt-5, traits: { endpoint: openai-chat } }] }
          gpt-5.1: { targets: [{ to: openai/gpt-5.1, traits: { endpoint: openai-chat } }] }
          gpt-5.6: { targets: [{ to: openai/gpt-5.6-sol, traits: { endpoint: openai-chat } }] }
          gpt-5-pro: { targets: [{ to: openai/gpt-5-pro, traits: { endpoint: openai-chat } }] }
          o3: { targets: [{ to: openai/o3, traits: { endpoint: openai-chat } }] }
          gpt-4o: openai/gpt-4o
          house: loose/some-model
          opus: anthropic/claude-opus-4-6
          opus-5-5: anthropic/claude-opus-5-5
          fable: anthropic/claude-fable-5-1
          sonnet: anthropic/claude-sonnet-4-5
          haiku: anthropic/claude-haiku-5-5
          gemini-3: { unsupported: drop, targets: [google/gemini-3-flash-preview] }
          gemini-2.5: { unsupported: drop, targets: [google/gemini-2.5-flash] }
        """, providers: "  google: {}\n");

    [Theory]
    [InlineData("gpt-5")]
    [InlineData("gpt-4o")]
    [InlineData("house")]
    public async Task RecordedMessagesRequests_ToChat_AreTaken(string model) =>
        await JudgeRecordedAsync(DialectIds.AnthropicMessages, GatewayEndpoints.Messages, model);

    [Theory]
    [InlineData("opus")]
    [InlineData("opus-5-5")]
    [InlineData("sonnet")]
    public async Task RecordedChatRequests_ToMessages_AreTaken(string model) =>
        await JudgeRecordedAsync(DialectIds.OpenAIChat, GatewayEndpoints.ChatCompletions, model);

    [Theory]
    [InlineData("gemini-3")]
    [InlineData("gemini-2.5")]
    public async Task RecordedRequests_ToGemini_AreTaken(string model)
    {
        await JudgeRecordedAsync(DialectIds.OpenAIChat, GatewayEndpoints.ChatCompletions, model);
        await JudgeRecordedAsync(DialectIds.AnthropicMessages, GatewayEndpoints.Messages, model);
    }

    [Theory]
    [InlineData("gpt-5", "low", "low")]
    [InlineData("gpt-5", "xhigh", "high")]
    [InlineData("gpt-5.1", "max", "high")]
    [InlineData("gpt-5.6", "max", "max")]
    [InlineData("gpt-5-pro", "low", "high")]
    [InlineData("o3", "max", "high")]
    [InlineData("gpt-4o", "high", null)]
    [InlineData("house", "high", null)]
    public async Task Effort_ToChat_IsWithinWhatTheModelTakes(string model, string asked, string? sent)
    {
        string body = ClaudeCode.Loop(model, $$""","output_config":{"effort":"{{asked}}"}""");

        (ClientCall call, JsonObject written) = await SendAsync(GatewayEndpoints.Messages, body);

        Assert.Equal(sent, (string?)written["reasoning_effort"]);
        Assert.Equal(sent != asked, IsDropped(call, "output_config.effort"));
        Assert.Empty(Complaints(written));
    }

    [Theory]
    [InlineData("opus", "xhigh", "max", "adaptive")]
    [InlineData("opus", "none", null, "disabled")]
    [InlineData("fable", "xhigh", "xhigh", "adaptive")]
    [InlineData("fable", "none", "low", "adaptive")]
    [InlineData("opus-5-5", "minimal", "low", "adaptive")]
    [InlineData("haiku", "none", null, "disabled")]
    public async Task Effort_ToMessages_IsWithinWhatTheModelTakes(
        string model, string asked, string? sent, string thinking)
    {
        (_, JsonObject written) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}],"reasoning_effort":"{{asked}}"}""");

        Assert.Equal(sent, (string?)written["output_config"]?["effort"]);
        Assert.Equal(thinking, (string?)written["thinking"]?["type"]);
        Assert.Empty(Complaints(written));
    }

    [Fact]
    public async Task EndUser_LongerThanTheTargetTakes_IsHashedAndNamed()
    {
        (ClientCall call, JsonObject written) = await SendAsync(GatewayEndpoints.Messages, ClaudeCode.Loop("gpt-5"));
        string hash = (string)written["safety_identifier"]!;
        (_, JsonObject again) = await SendAsync(GatewayEndpoints.Messages, ClaudeCode.Loop("gpt-5"));
        (_, JsonObject elsewhere) = await SendAsync(GatewayEndpoints.Messages, ClaudeCode.Loop("house"));

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, (string?)again["safety_identifier"]);
        Assert.Equal((hash, null), ((string?)elsewhere["user"], (string?)elsewhere["safety_identifier"]));
        Assert.Null(written["user"]);
        Assert.True(IsDropped(call, "metadata.user_id"));
    }

    [Theory]
    [InlineData("gpt-5")]
    [InlineData("house")]
    public async Task McpTools_ToChat_AreTakenAndWhatIsLoosenedIsNamed(string model)
    {
        (ClientCall call, JsonObject written) = await SendAsync(GatewayEndpoints.Messages, McpTools.Messages(model));

        Assert.Empty(StrictOpenAI.Complaints(written));
        Assert.Equal(
            ["tools[1].input_schema", "tools[2].strict"],
            call.Header("x-lightport-dropped")!.Split(',').Where(name => name.StartsWith("tools", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("too many", 30, "\"a\":{\"type\":\"string\"}", "\"a\"", 20)]
    [InlineData("too many unions", 10, "\"a\":{\"type\":[\"string\",\"null\"]},\"b\":{\"type\":[\"string\",\"null\"]}", "\"a\",\"b\"", 8)]
    [InlineData("too much optional", 10, "\"a\":{\"type\":\"string\"},\"b\":{\"type\":\"string\"},\"c\":{\"type\":\"string\"}", "", 8)]
    [InlineData("an open map", 1, "\"a\":{\"type\":\"object\"}", "\"a\"", 0)]
    public async Task StrictTools_ToMessages_AreAsManyAsTheApiTakes(
        string trap, int count, string properties, string required, int strict)
    {
        string tools = string.Join(',', Enumerable.Range(0, count).Select(i =>
            $$$"""
            {"type":"function","function":{"name":"t{{{i}}}","strict":true,"parameters":{"type":"object",
              "properties":{ {{{properties}}} },"required":[{{{required}}}],"additionalProperties":false} } }
            """));

        (ClientCall call, JsonObject written) = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            $$"""{"model":"opus","messages":[{"role":"user","content":"hi"}],"tools":[{{tools}}]}""");

        Assert.NotEmpty(trap);
        Assert.Empty(StrictAnthropic.Complaints(written));
        Assert.Equal(strict, written["tools"]!.AsArray().Count(tool => (bool?)tool!["strict"] == true));
        Assert.Equal(
            Enumerable.Range(strict, count - strict).Select(index => $"tools[{index}].strict"),
            call.Header("x-lightport-dropped")!.Split(','));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task JudgeRecordedAsync(string dialect, GatewayEndpoint endpoint, string model)
    {
        var complaints = new List<string>();
        int judged = 0;
        foreach (RecordedAnswer exchange in Recordings.All.Where(one => one.Dialect == dialect && one.Status == 200))
        {
            if (AsAskedOf(model, exchange.Request) is { } body
                && await SendAsync(endpoint, body) is (_, { } written))
            {
                judged++;
                complaints.AddRange(Complaints(written, model).Select(complaint => $"{exchange.Id}: {complaint}"));
            }
        }

        output.WriteLine($"{judged} recorded requests judged");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct().Take(20)));
    }

    /// <summary>The recorded request, whole answers only: what is judged is what leaves.</summary>
    private static string? AsAskedOf(string model, string request)
    {
        if (request.Length == 0 || !request.StartsWith('{'))
        {
            return null;
        }

        JsonObject body = JsonNode.Parse(request)!.AsObject();
        body["model"] = model;
        body.Remove("stream");
        body.Remove("stream_options");
        return body["messages"] is JsonArray ? body.ToJsonString() : null;
    }

    private static IEnumerable<string> Complaints(JsonObject written, string model = "") =>
        model.StartsWith("gemini", StringComparison.Ordinal) ? StrictGemini.Complaints(written, model)
        : ((string)written["model"]!).StartsWith("claude", StringComparison.Ordinal)
            ? StrictAnthropic.Complaints(written)
            : StrictOpenAI.Complaints(written).Concat(
                (string)written["model"]! == "some-model" ? StrictTurns.Complaints(written) : []);

    private static bool IsDropped(ClientCall call, string field) =>
        call.Header("x-lightport-dropped")?.Split(',').Contains(field) == true;

    /// <summary>What left, or null where the gateway itself refused the request.</summary>
    private async Task<(ClientCall Call, JsonObject Written)> SendAsync(GatewayEndpoint endpoint, string body)
    {
        _gateway.Upstream.Forget();
        bool toChat = endpoint == GatewayEndpoints.Messages;
        bool toGemini = body.Contains("\"model\":\"gemini-", StringComparison.Ordinal);
        _gateway.Upstream.Answer(ScriptedResponse.Json(toGemini ? GeminiGateway.Answer : toChat ? Wires.ChatAnswer : Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(endpoint, body);
        return (call, _gateway.Upstream.Seen.Count > 0 ? _gateway.Upstream.Last.Json : null!);
    }
}
