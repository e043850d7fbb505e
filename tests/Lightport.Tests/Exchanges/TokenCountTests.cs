using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Tests.Exchanges.Stages;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges;

/// <summary>How many tokens a request has: asked where it would go, else estimated; never billed.</summary>
public sealed class TokenCountTests
{
    private const string Models = """
        models:
          claude: { targets: [anthropic/claude-y], retry: { attempts: 1 } }
          gpt: [groq/x]
          house: [loose/x, anthropic/claude-y]
          both: { targets: [anthropic/claude-y, anthropic/claude-z], retry: { attempts: 3 } }
          set: [{ to: anthropic/claude-y, set: { max_tokens: 9 } }]
        """;

    private const string Request = """
        {"model":"claude","system":"Be brief.","messages":[{"role":"user","content":"Hello there"}],"unknown":[1]}
        """;

    /// <summary>As Anthropic answers with a beta of context management.</summary>
    private const string Answer = """{"input_tokens": 2095,  "context_management":{"original_input_tokens":70000}}""";

    private static readonly Dictionary<string, string> ClaudeCode = new()
    {
        ["anthropic-version"] = "2023-06-01",
        ["anthropic-beta"] = "token-counting-2024-11-01,context-management-2025-06-27",
    };

    private readonly TestGateway _gateway = new(Models);

    [Theory]
    [InlineData("/v1/messages/count_tokens")]
    [InlineData("/v1/messages/count_tokens?beta=true")]
    public async Task Count_OfAClaude_IsAnthropicsOwn(string path)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.CountTokens, Request, ClaudeCode, path);

        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal("https://api.anthropic.com/v1/messages/count_tokens", seen.Address.AbsoluteUri);
        Assert.Equal(Request.Replace("\"claude\"", "\"claude-y\"", StringComparison.Ordinal), seen.Body);
        Assert.Equal(ClaudeCode["anthropic-beta"], seen.Header("anthropic-beta"));
        Assert.Equal((200, Answer), (call.Status, call.Text));
        Assert.Null(call.Header("x-lightport-estimated"));
    }

    [Fact]
    public async Task Count_IsNeverBilled()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));
        await SendAsync("claude");
        Assert.True(_gateway.Record is { IsCount: true, Usage: null, Failed: false, Lost: [] });

        await SendAsync("gpt");
        Assert.True(_gateway.Record is { IsCount: true, Usage: null, Failed: false, Attempts: 0 });
    }

    [Theory]
    [InlineData("gpt")]
    [InlineData("house")]
    public async Task Count_WhereTheFirstTargetHasNone_IsEstimatedAndMarked_AndNobodyIsAsked(string model)
    {
        ClientCall call = await SendAsync(model);

        Assert.Empty(_gateway.Upstream.Seen);
        Assert.Equal((200, "true"), (call.Status, call.Header("x-lightport-estimated")));
        Assert.InRange((int)call.Json["input_tokens"]!, 5, 20);
        Assert.Single(call.Json);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(529)]
    public async Task Count_WhereTheProviderFails_IsEstimated_AfterOneAttempt(int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(status));

        ClientCall call = await SendAsync("both");

        Assert.Single(_gateway.Upstream.Seen);
        Assert.Equal((200, "true"), (call.Status, call.Header("x-lightport-estimated")));
        Assert.False(_gateway.Record.Failed);
    }

    [Fact]
    public async Task Count_WhoseAnswerHasNoNumber_IsEstimated()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":"many"}"""));

        Assert.Equal("true", (await SendAsync("claude")).Header("x-lightport-estimated"));
    }

    [Fact]
    public async Task Count_ThatTheProviderRefuses_IsAnError()
    {
        const string Refusal =
            """{"type":"error","error":{"type":"invalid_request_error","message":"tools.0: Field required"}}""";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Refusal, 400));

        ClientCall call = await SendAsync("claude");

        Assert.Equal((400, "tools.0: Field required"), (call.Status, call.Error("message")));
    }

    [Theory]
    [InlineData("""{"model":"gpt","messages":[]}""", "messages")]
    [InlineData("""{"model":"gpt","messages":[{"role":"user","content":[{"type":"text"}]}]}""", "text")]
    [InlineData("""{"messages":[{"role":"user","content":"hi"}]}""", "model")]
    public async Task Count_OfAMalformedRequest_IsA400(string body, string field)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.CountTokens, body);

        Assert.Equal((400, "invalid_request_error"), (call.Status, call.Error("type")));
        Assert.Contains(field, call.Error("message"), StringComparison.Ordinal);
    }

    /// <summary>What a target always gets says how to answer; the endpoint refuses it.</summary>
    [Fact]
    public async Task Count_LeavesOutWhatTheTargetAlwaysGets()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        await SendAsync("set");

        Assert.DoesNotContain("max_tokens", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_OfAChangedConversation_IsOfWhatTheMessageWouldBe()
    {
        using var gateway = new TestGateway(Models, configure: services => services.AddSingleton<
            Lightport.Exchanges.Stages.IStage>(new TestStage
            {
                Request = context =>
                {
                    var chat = (ChatRequest)context.Conversation;
                    Message added = new(Role.User, [new TextPart("And be brief.")]);
                    context.Conversation = chat with { Messages = [.. chat.Messages, added] };
                    return null;
                },
            }));
        gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.CountTokens,
            """
            {"model":"claude","max_tokens":5,"temperature":1,"stop_sequences":["x"],"metadata":{"user_id":"u"},
            "messages":[{"role":"user","content":"Hello"}],"tools":[{"name":"t","input_schema":{"type":"object"}}]}
            """);

        JsonObject seen = gateway.Upstream.Last.Json;
        Assert.Equal(["messages", "model", "tools"], seen.Select(field => field.Key).Order());
        Assert.Contains("And be brief.", gateway.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal("""{"input_tokens":2095}""", call.Text);
    }

    /// <summary>A picture costs what it shows and not what it weighs.</summary>
    [Fact]
    public async Task Estimate_DoesNotTakeAPictureForText()
    {
        string picture = Convert.ToBase64String(new byte[600_000]);

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.CountTokens,
            $$$"""
            {"model":"gpt","messages":[{"role":"user","content":[{"type":"image","source":
            {"type":"base64","media_type":"image/png","data":"{{{picture}}}"}}]}]}
            """);

        Assert.InRange((int)call.Json["input_tokens"]!, 1_000, 2_000);
    }

    [Fact]
    public async Task Estimate_CountsTools_ButNoneThatIsDeferred()
    {
        static string Tools(string more) => $$$"""
            {"model":"gpt","messages":[{"role":"user","content":"hi"}],"tools":[{"name":"t","description":
            "{{{new string('x', 4_000)}}}","input_schema":{"type":"object"}{{{more}}}}]}
            """;

        ClientCall shown = await _gateway.SendAsync(GatewayEndpoints.CountTokens, Tools(""));
        ClientCall deferred = await _gateway.SendAsync(
            GatewayEndpoints.CountTokens, Tools(",\"defer_loading\":true"));

        Assert.InRange((int)shown.Json["input_tokens"]!, 1_000, 1_100);
        Assert.InRange((int)deferred.Json["input_tokens"]!, 1, 50);
    }

    /// <summary>Some thirty at once leave the target as it is for whoever chooses among targets.</summary>
    [Fact]
    public async Task Count_SaysNothingOfItsTarget()
    {
        for (int i = 0; i < 30; i++)
        {
            _gateway.Upstream.Answer(ScriptedResponse.Error(529));
            await SendAsync("claude");
        }

        Assert.Equal(0, _gateway.StateOf("anthropic", "claude-y").ConsecutiveFailures);
    }

    private Task<ClientCall> SendAsync(string model) => _gateway.SendAsync(
        GatewayEndpoints.CountTokens, Request.Replace("\"claude\"", $"\"{model}\"", StringComparison.Ordinal));
}
