using System.Text.Json.Nodes;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws;
using Xunit.Abstractions;

namespace Lightport.Tests.Strict;

/// <summary>
/// Whatever clients of other dialects say, the request for a response is one that OpenAI's own schema describes and the
/// strictest server takes.
/// </summary>
public sealed class StrictResponsesTests(ITestOutputHelper output) : IDisposable
{
    private const string Answer = """
        {"id":"resp_1","status":"completed","output":[{"type":"message","id":"msg_1","role":"assistant",
        "content":[{"type":"output_text","text":"Hello","annotations":[]}]}],"usage":{"input_tokens":9,"output_tokens":3}}
        """;

    private readonly TestGateway _gateway = new("""
        models:
          gpt-5: { targets: [{ to: openai/gpt-5, traits: { endpoint-always: on } }] }
          gpt-5.6: { targets: [openai/gpt-5.6-sol] }
          gpt-4o: { targets: [{ to: openai/gpt-4o, traits: { endpoint: openai-responses, endpoint-always: on } }] }
        """);

    [SharedTheory("recorded")]
    [InlineData(DialectIds.AnthropicMessages, "gpt-5")]
    [InlineData(DialectIds.AnthropicMessages, "gpt-5.6")]
    [InlineData(DialectIds.AnthropicMessages, "gpt-4o")]
    [InlineData(DialectIds.OpenAIChat, "gpt-5")]
    [InlineData(DialectIds.OpenAIChat, "gpt-4o")]
    public async Task RecordedRequests_AreWhatTheSchemaDescribes(string client, string model)
    {
        var complaints = new List<string>();
        int judged = 0;
        foreach (RecordedAnswer exchange in Recordings.All.Where(one => one.Dialect == client && one.Status == 200))
        {
            if (AsAskedOf(model, exchange.Request) is { } body && await SendAsync(client, body) is { } written)
            {
                judged++;
                complaints.AddRange(Complaints(written).Select(complaint => $"{exchange.Id}: {complaint}"));
            }
        }

        output.WriteLine($"{judged} recorded requests judged");
        Assert.True(judged > 100, $"{judged}");
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Distinct().Take(20)));
    }

    [SharedTheory("recorded")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5.6")]
    public async Task CodingAgentsRequest_IsWhatTheSchemaDescribes(string model)
    {
        Assert.Empty(Complaints((await SendAsync(DialectIds.AnthropicMessages, ClaudeCode.Loop(model)))!));
        Assert.Empty(Complaints((await SendAsync(DialectIds.AnthropicMessages, McpTools.Messages(model)))!));
    }

    public void Dispose() => _gateway.Dispose();

    private static IEnumerable<string> Complaints(JsonObject written) =>
        new ApiSchemaCheck(ApiSchemas.OpenAI).Complaints("CreateResponse", written).Where(complaint => !IsLetOff(complaint))
            .Concat(StrictResponses.Complaints(written));

    /// <summary>
    /// The schema demands an id of reasoning. OpenAI's own Codex sends none with what is encrypted, and the API takes it so:
    /// an id that is not the one it was encrypted with would be refused.
    /// </summary>
    private static bool IsLetOff(string complaint) =>
        complaint.StartsWith(".input[", StringComparison.Ordinal)
        && complaint.EndsWith("].id: is missing", StringComparison.Ordinal);

    private static string? AsAskedOf(string model, string request)
    {
        if (!request.StartsWith('{'))
        {
            return null;
        }

        JsonObject body = JsonNode.Parse(request)!.AsObject();
        body["model"] = model;
        body.Remove("stream");
        body.Remove("stream_options");
        return body["messages"] is JsonArray ? body.ToJsonString() : null;
    }

    /// <summary>What left, or null where the gateway itself refused the request.</summary>
    private async Task<JsonObject?> SendAsync(string client, string body)
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        using ClientCall call = await _gateway.SendAsync(
            client == DialectIds.OpenAIChat ? GatewayEndpoints.ChatCompletions : GatewayEndpoints.Messages, body);
        return _gateway.Upstream.Seen.Count > 0 ? _gateway.Upstream.Last.Json : null;
    }
}
