using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>
/// Counts of Claude on Bedrock (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html),
/// and which stop sequence it met.
/// </summary>
public sealed class AwsConverseCountTests : IDisposable
{
    private const string Request = """
        {"model":"claude","system":"Be brief.","messages":[{"role":"user","content":"hi"}],
         "tools":[{"name":"f","description":"d","input_schema":{"type":"object"}}]}
        """;

    private readonly TestGateway _gateway = BedrockGateway.Create();

    [Fact]
    public async Task Count_IsBedrocksOwnOfTheModelBehindTheProfile()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"inputTokens":21}"""));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.CountTokens, Request);

        Assert.Equal((200, 21), (call.Status, (int)call.Json["input_tokens"]!));
        Assert.Null(call.Header("x-lightport-estimated"));
        Assert.EndsWith(
            "/model/anthropic.claude-sonnet-4-5-20250929-v1%3A0/count-tokens",
            _gateway.Upstream.Last.Address.AbsolutePath,
            StringComparison.Ordinal);
        JsonNode counted = _gateway.Upstream.Last.Json["input"]!["converse"]!;
        Assert.Equal(["system", "messages", "toolConfig"], counted.AsObject().Select(field => field.Key));
    }

    /// <summary>A model that is not counted in this region is refused as if the request were wrong.</summary>
    [Theory]
    [InlineData(400, "ValidationException")]
    [InlineData(404, "ResourceNotFoundException")]
    [InlineData(500, "InternalServerException")]
    public async Task Count_ThatBedrockCannotMake_IsEstimated(int status, string type)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            $$"""{"__type":"{{type}}","message":"The provided model doesn't support counting tokens."}""", status));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.CountTokens, Request);

        Assert.Equal((200, "true"), (call.Status, call.Header("x-lightport-estimated")));
        Assert.True((int)call.Json["input_tokens"]! > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StopSequence_ThatClaudeMet_IsTold(bool streams)
    {
        _gateway.Upstream.Answer(streams
            ? AwsClaudeStream.Answer(
                ConverseWire.Start,
                ConverseWire.Text("One, two, ", 0),
                ConverseWire.Stop(0),
                AwsEventStream.Event(
                    "messageStop", """{"stopReason":"stop_sequence","additionalModelResponseFields":{"stop_sequence":"three"}}"""),
                AwsEventStream.Event("metadata", """{"usage":{"inputTokens":3,"outputTokens":5,"totalTokens":8}}"""))
            : ScriptedResponse.Json("""
                {"output":{"message":{"role":"assistant","content":[{"text":"One, two, "}]}},"stopReason":"stop_sequence",
                 "additionalModelResponseFields":{"stop_sequence":"three"},
                 "usage":{"inputTokens":3,"outputTokens":5,"totalTokens":8}}
                """));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, $$"""
            {"model":"claude","max_tokens":9,"stop_sequences":["three"],"stream":{{(streams ? "true" : "false")}},
             "messages":[{"role":"user","content":"count"}]}
            """);

        Assert.Contains("\"stop_reason\":\"stop_sequence\"", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"stop_sequence\":\"three\"", call.Text, StringComparison.Ordinal);
        Assert.Equal(
            "[\"/stop_sequence\"]", _gateway.Upstream.Last.Json["additionalModelResponseFieldPaths"]!.ToJsonString());
    }

    public void Dispose() => _gateway.Dispose();
}
