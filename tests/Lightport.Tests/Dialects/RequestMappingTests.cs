using System.Text.Json.Nodes;

namespace Lightport.Tests.Dialects;

/// <summary>What a client asks for by its own dialect's words, as each other dialect has it.</summary>
public sealed class RequestMappingTests : IDisposable
{
    private const string Ask = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    private const string Called = """
        "messages":[{"role":"user","content":"hi"},
          {"role":"assistant","content":null,"tool_calls":[{"id":"k","type":"function","function":{"name":"f","arguments":"{}"}}]},
          {"role":"tool","tool_call_id":"k","content":"r"}],
        "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{}}}}]
        """;

    private readonly SaidEverywhere _gateway = new();

    [Theory]
    [InlineData("chat", "tools", "tool_choice", "\"none\"", "")]
    [InlineData("messages", "tools", "tool_choice", """{"type":"none"}""", "")]
    [InlineData("gemini", "tools", "toolConfig", """{"functionCallingConfig":{"mode":"NONE"}}""", "thought_signature")]
    [InlineData("converse", "toolConfig", "toolChoice", null, "tool_choice")]
    public async Task ChoiceOfNone_LeavesTheToolsThatTheHistoryCalls(
        string model, string tools, string field, string? choice, string lost)
    {
        (JsonObject? sent, _, string told) =
            await _gateway.AskAsync(GatewayEndpoints.ChatCompletions, model, Called + ",\"tool_choice\":\"none\"");

        Assert.Contains("\"f\"", sent![tools]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal((choice, lost), (sent[field]?.ToJsonString(), told));
    }

    [Theory]
    [InlineData("\"auto\"", """{"type":"auto","disable_parallel_tool_use":true}""")]
    [InlineData("\"required\"", """{"type":"any","disable_parallel_tool_use":true}""")]
    [InlineData("\"none\"", """{"type":"none"}""")]
    public async Task OneCallAtATime_OfChat_IsToldMessages(string choice, string said)
    {
        (JsonObject? sent, _, string lost) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions,
            "messages",
            Called + $",\"tool_choice\":{choice},\"parallel_tool_calls\":false");

        Assert.Equal((said, ""), (sent!["tool_choice"]!.ToJsonString(), lost));
    }

    [Theory]
    [InlineData("""{"type":"auto","disable_parallel_tool_use":true}""", "\"auto\"", "false", "")]
    [InlineData("""{"type":"any","disable_parallel_tool_use":true}""", "\"required\"", "false", "")]
    [InlineData("""{"type":"auto","disable_parallel_tool_use":false}""", "\"auto\"", "true", "")]
    [InlineData("""{"type":"auto"}""", "\"auto\"", null, "")]
    public async Task OneCallAtATime_OfMessages_IsToldChat(string choice, string said, string? parallel, string lost)
    {
        (JsonObject? sent, _, string told) = await _gateway.AskAsync(
            GatewayEndpoints.Messages,
            "chat",
            Ask + ",\"max_tokens\":9,\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\"}}],"
                + $"\"tool_choice\":{choice}");

        Assert.Equal(
            (said, parallel, lost),
            (sent!["tool_choice"]!.ToJsonString(), sent["parallel_tool_calls"]?.ToJsonString(), told));
    }

    [Theory]
    [InlineData("chat", "\"response_format\":{\"type\":\"json_object\"}")]
    [InlineData("messages", "Answer with a single JSON object and nothing else")]
    [InlineData("converse", "Answer with a single JSON object and nothing else")]
    [InlineData("gemini", "\"generationConfig\":{\"responseMimeType\":\"application/json\"}")]
    public async Task AnyJsonObject_IsAskedFor(string model, string said)
    {
        (JsonObject? sent, _, string lost) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions, model, Ask + ",\"response_format\":{\"type\":\"json_object\"}");

        Assert.Contains(said, sent!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(lost);
    }

    [Theory]
    [InlineData("\"user\":\"u-1\"", "messages", "metadata", """{"user_id":"u-1"}""", "")]
    [InlineData("\"safety_identifier\":\"u-1\"", "messages", "metadata", """{"user_id":"u-1"}""", "")]
    [InlineData("\"user\":\"u-1\",\"safety_identifier\":\"s\"", "messages", "metadata", """{"user_id":"u-1"}""", "safety_identifier")]
    [InlineData("\"user\":\"u-1\"", "converse", "requestMetadata", null, "user")]
    [InlineData("\"safety_identifier\":\"u-1\"", "converse", "requestMetadata", null, "safety_identifier")]
    [InlineData("\"safety_identifier\":\"u-1\"", "gemini", "labels", null, "safety_identifier")]
    public async Task EndUser_OfChat_IsToldOrNamedAsTheClientSaidIt(
        string fields, string model, string field, string? said, string lost)
    {
        (JsonObject? sent, _, string told) =
            await _gateway.AskAsync(GatewayEndpoints.ChatCompletions, model, $"{Ask},{fields}");

        Assert.Equal((said, lost), (sent![field]?.ToJsonString(), told));
    }

    [Theory]
    [InlineData("chat", "user", "\"u-1\"", "")]
    [InlineData("converse", "requestMetadata", null, "metadata.user_id")]
    [InlineData("gemini", "labels", null, "metadata.user_id")]
    public async Task EndUser_OfMessages_IsToldOrNamedAsTheClientSaidIt(
        string model, string field, string? said, string lost)
    {
        (JsonObject? sent, _, string told) = await _gateway.AskAsync(
            GatewayEndpoints.Messages, model, Ask + ",\"max_tokens\":9,\"metadata\":{\"user_id\":\"u-1\"}");

        Assert.Equal((said, lost), (sent![field]?.ToJsonString(), told));
    }

    [Theory]
    [InlineData("wav", "converse", 502, """{"audio":{"format":"wav","source":{"bytes":"UklGRg=="}}}""")]
    [InlineData("mp3", "converse", 502, """{"audio":{"format":"mp3","source":{"bytes":"UklGRg=="}}}""")]
    [InlineData("xyz", "converse", 400, "messages[0].input_audio")]
    [InlineData("wav", "messages", 400, "messages[0].input_audio")]
    public async Task Sound_IsToldOrRefusedByName(string format, string model, int status, string said)
    {
        (JsonObject? sent, int answered, string told) = await _gateway.AskAsync(
            GatewayEndpoints.ChatCompletions,
            model,
            "\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hear\"},"
                + $"{{\"type\":\"input_audio\",\"input_audio\":{{\"data\":\"UklGRg==\",\"format\":\"{format}\"}}}}]}}]");

        Assert.Equal((status, said), (answered, sent?["messages"]![0]!["content"]![1]!.ToJsonString() ?? told));
    }

    public void Dispose() => _gateway.Dispose();
}
