using System.Text;
using System.Text.Json.Nodes;
using Lightport.Mcp;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Transport.Framing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Aws;

/// <summary>Claude on Bedrock by InvokeModel: Messages, in AWS's frames and with AWS's errors.</summary>
public sealed class AwsClaudeTests : IDisposable
{
    private const string Path = "/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/";

    private readonly TestGateway _gateway = BedrockGateway.Create();

    [Fact]
    public async Task MessagesClient_Passes_WithItsBytesAndWithoutModelAndStream()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, """
            {"model":"m","max_tokens":64,"stream":false,"messages":[{"role":"user","content":"hi"}],"of_tomorrow":{"a": 1}}
            """);

        Assert.Equal(Wires.MessagesAnswer, call.Text);
        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal(Path + "invoke", seen.Address.AbsolutePath);
        Assert.Equal("bedrock-runtime.eu-central-1.amazonaws.com", seen.Address.Host);
        Assert.Equal(
            """{"max_tokens":64,"messages":[{"role":"user","content":"hi"}],"of_tomorrow":{"a": 1},"anthropic_version":"bedrock-2023-05-31"}""",
            seen.Body.Trim());
        Assert.Null(seen.Header("anthropic-version"));
        Assert.Contains("/eu-central-1/bedrock/aws4_request", seen.Header("Authorization"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public async Task MessagesClient_Streamed_ReadsTheEventsThatAnthropicWouldSend(int piece)
    {
        byte[] body = AwsClaudeStream.Of(Wires.MessagesEvents);
        _gateway.Upstream.Answer(new ScriptedResponse(200, AwsClaudeStream.MediaType, new CutBody(body, piece)));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.Equal(Wires.MessagesEvents, call.Text);
        Assert.Equal("text/event-stream", call.Context.Response.ContentType);
        Assert.Equal(Path + "invoke-with-response-stream", _gateway.Upstream.Last.Address.AbsolutePath);
        Assert.True(_gateway.Record is { Failed: false, Usage.Total: 12 });
    }

    [Theory]
    [InlineData(Wires.Chat, false)]
    [InlineData(Wires.ChatStream, true)]
    public async Task ChatClient_IsTranslated(string request, bool stream)
    {
        _gateway.Upstream.Answer(stream
            ? AwsClaudeStream.Answer(AwsClaudeStream.Of(Wires.MessagesEvents))
            : ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        JsonObject written = _gateway.Upstream.Last.Json;
        Assert.Equal("bedrock-2023-05-31", (string?)written["anthropic_version"]);
        Assert.False(written.ContainsKey("model") || written.ContainsKey("stream"));
        Assert.DoesNotContain("anthropic-version", _gateway.Upstream.Last.HeaderNames);
    }

    /// <summary>Claude Code's betas: what Bedrock knows goes into the body, what it refuses is told.</summary>
    [Fact]
    public async Task Betas_AreSaidInTheBody_AndThoseThatAreRefusedAreTold()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages, new Dictionary<string, string>
        {
            ["anthropic-version"] = "2023-06-01",
            ["anthropic-beta"] = "claude-code-20250219, interleaved-thinking-2025-05-14,advanced-tool-use-2025-11-20",
        });

        Assert.Equal(
            """["interleaved-thinking-2025-05-14","tool-search-tool-2025-10-19"]""",
            _gateway.Upstream.Last.Json["anthropic_beta"]!.ToJsonString());
        Assert.DoesNotContain("anthropic-beta", _gateway.Upstream.Last.HeaderNames);
        Assert.Equal("anthropic-beta", call.Header("x-lightport-dropped"));
    }

    /// <summary>Anthropic itself wants no beta for it any more, and Bedrock refuses the fields without.</summary>
    [Theory]
    [InlineData("\"tools\":[{\"name\":\"a\",\"input_schema\":{\"type\":\"object\"},\"defer_loading\":true}]", null, true)]
    [InlineData("\"tools\":[{\"type\":\"tool_search_tool_regex_20251119\",\"name\":\"tool_search_tool_regex\"}]", null, true)]
    [InlineData("\"tools\":[{\"name\":\"a\",\"defer_loading\":true}]", "advanced-tool-use-2025-11-20", true)]
    [InlineData("\"system\":\"What is \\\"defer_loading\\\"?\"", null, false)]
    public async Task ToolSearch_IsAskedForByItsBeta(string more, string? beta, bool isAsked)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        var headers = new Dictionary<string, string>();
        if (beta is not null)
        {
            headers["anthropic-beta"] = beta;
        }

        await _gateway.SendAsync(
            GatewayEndpoints.Messages,
            $$"""{"model":"m","max_tokens":64,"messages":[{"role":"user","content":"hi"}],{{more}}}""",
            headers);

        Assert.Equal(
            isAsked ? """["tool-search-tool-2025-10-19"]""" : null,
            _gateway.Upstream.Last.Json["anthropic_beta"]?.ToJsonString());
    }

    /// <summary>So it is where the gateway has the model search among tools of servers, of which its client knows nothing.
    /// </summary>
    [Fact]
    public async Task ToolSearch_OfTheGateways_IsAskedForByItsBeta()
    {
        var servers = new FakeMcpServers();
        using TestGateway gateway = BedrockGateway.Create(
            """
            mcp: { servers: { docs: { url: "https://docs.example/mcp" } } }
            models:
              m:
                targets: ["bedrock/eu.anthropic.claude-sonnet-4-5-20250929-v1:0"]
                tools: [docs]
                most-tools: 1
                tool-search: on
            """,
            services => services.AddSingleton<IMcpServers>(servers));
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        JsonObject written = gateway.Upstream.Last.Json;
        Assert.Equal("""["tool-search-tool-2025-10-19"]""", written["anthropic_beta"]?.ToJsonString());
        Assert.Contains(written["tools"]!.AsArray(), tool => (bool?)tool!["defer_loading"] == true);
    }

    [Theory]
    [InlineData("throttlingException", "rate_limit_error", 429)]
    [InlineData("serviceUnavailableException", "overloaded_error", 529)]
    [InlineData("modelStreamErrorException", "api_error", 500)]
    [InlineData("validationException", "invalid_request_error", 400)]
    public async Task Exception_BeforeContent_IsAnErrorWithItsStatus(string exception, string type, int status)
    {
        _gateway.Upstream.Answer(AwsClaudeStream.Answer(
            AwsClaudeStream.Of(Wires.MessagesStart),
            AwsEventStream.Exception(exception, """{"message":"Told by AWS."}""")));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.Equal((status, type, "Told by AWS."), (call.Status, call.Error("type"), call.Error("message")));
    }

    [Fact]
    public async Task Exception_AfterContent_IsAnErrorEventAndNeverAnEnd()
    {
        _gateway.Upstream.Answer(AwsClaudeStream.Answer(
            AwsClaudeStream.Of(Wires.MessagesStart + Wires.MessagesText),
            AwsEventStream.Exception("throttlingException", """{"message":"Told by AWS."}""")));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.EndsWith(
            """
            event: error
            data: {"type":"error","error":{"type":"rate_limit_error","message":"Told by AWS."}}


            """,
            call.Text,
            StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", call.Text, StringComparison.Ordinal);
        Assert.True(_gateway.Record.Failed);
    }

    [Theory]
    [InlineData("""{"bytes":7}""")]
    [InlineData("""{"bytes":"*"}""")]
    [InlineData("""{}""")]
    [InlineData("no json")]
    public async Task Chunk_ThatHoldsNoEvent_IsABrokenAnswer(string payload)
    {
        _gateway.Upstream.Answer(AwsClaudeStream.Answer(AwsEventStream.Event("chunk", payload)));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.MessagesStream);

        Assert.Equal(502, call.Status);
    }

    [Theory]
    [InlineData(429, "ThrottlingException:http://internal.amazon.com/", "rate_limit_error")]
    [InlineData(400, "ValidationException", "invalid_request_error")]
    [InlineData(403, "AccessDeniedException", "permission_error")]
    [InlineData(404, "ResourceNotFoundException", "not_found_error")]
    [InlineData(424, "ModelErrorException", "api_error")]
    public async Task Error_IsReadByItsHeader(int status, string type, string expected)
    {
        using TestGateway gateway = BedrockGateway.Create();
        gateway.Upstream.Answer(Refusal(status, type, """{"message":"Told by AWS."}"""));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);

        Assert.Equal((status, expected, "Told by AWS."), (call.Status, call.Error("type"), call.Error("message")));
    }

    public void Dispose() => _gateway.Dispose();

    private static ScriptedResponse Refusal(int status, string type, string body) =>
        new(status, "application/json", new MemoryStream(Encoding.UTF8.GetBytes(body)))
        {
            Fields = { ["x-amzn-ErrorType"] = type },
        };
}
