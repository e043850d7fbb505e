using System.Text.Json.Nodes;
using Lightport.Admission;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>
/// Threads whose conversation Anthropic keeps, in an account that the client keys of the gateway share: each goes on
/// from what was told to it, at the account that keeps it
/// (https://platform.claude.com/docs/en/build-with-claude/message-threads).
/// </summary>
public sealed class AnthropicMessagesThreadTests : IDisposable
{
    private const string Create =
        """{"model":"claude","max_tokens":9,"thread":{"type":"create"},"messages":[{"role":"user","content":"hi"}]}""";

    private static readonly Dictionary<string, string> One = new() { ["authorization"] = "Bearer one-key-0123456789" };
    private static readonly Dictionary<string, string> Two = new() { ["authorization"] = "Bearer two-key-0123456789" };

    private readonly MemoryResponseIds _ids = new();
    private readonly TestGateway _gateway;

    public AnthropicMessagesThreadTests() => _gateway = new TestGateway(
        $$"""
        models: { claude: [anthropic/x], second: [second/x], gpt: [openai/x] }
        keys:
          - { name: one, sha256: "{{KeyHash.Of("one-key-0123456789")}}" }
          - { name: two, sha256: "{{KeyHash.Of("two-key-0123456789")}}" }
        """,
        providers: """
          second: { use: anthropic, key: GROQ_API_KEY }

        """,
        configure: services => services.AddSingleton<IResponseIdStore>(_ids));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thread_IsGoneOnFrom_ByTheKeyThatBeganIt(bool stream)
    {
        await BeginAsync(stream);
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, GoingOn("claude"), One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(GoingOn("x"), _gateway.Upstream.Last.Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thread_OfAnotherKey_IsNotFound(bool stream)
    {
        await BeginAsync(stream);

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, GoingOn("claude"), Two);

        Assert.Equal(404, call.Status);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"error_code":"thread_not_found"}"""), call.Json["error"]!["details"]));
        Assert.Single(_gateway.Upstream.Seen);
    }

    /// <summary>Its client begins it anew there, with all that was said.</summary>
    [Theory]
    [InlineData("second")]
    [InlineData("gpt")]
    public async Task Thread_KeptElsewhere_IsNotFound(string model)
    {
        await BeginAsync(stream: false);

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, GoingOn(model), One);

        Assert.Equal((404, "thread_not_found"), (call.Status, (string?)call.Json["error"]!["details"]!["error_code"]));
        Assert.Single(_gateway.Upstream.Seen);
    }

    /// <summary>By whichever spelling of the field a provider could read.</summary>
    [Theory]
    [InlineData("""{"type":"continue","previous_message_id":"msg_1"}""")]
    [InlineData("""{"type":"create","previous_message_id":"msg_1"}""")]
    [InlineData("""{"type":"continue","Previous\u005fmessage_id":"msg_1"}""")]
    public async Task Thread_ThatNobodyWasToldOf_IsNotFound(string thread)
    {
        string request = Create.Replace("""{"type":"create"}""", thread, StringComparison.Ordinal);

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, request, Two);

        Assert.Equal(404, call.Status);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Message_WithoutAThread_IsNotNoted()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages, Wires.For("claude", Wires.Messages), One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Empty(_ids.All);
    }

    [Fact]
    public async Task ThreadThatCannotBeNoted_IsToldAsLost()
    {
        _ids.Fails = true;

        using ClientCall call = await BeginAsync(stream: false);

        Assert.Equal("thread", call.Header("x-lightport-dropped"));
    }

    /// <summary>What its own account keeps of a request is compared with, as it was asked for.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Comparison_WithWhatItsKeyWasTold_IsPassed(bool stream)
    {
        await BeginAsync(stream, Compared("claude", "null"));
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages, Compared("claude", "\"msg_1\""), One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(Compared("x", "\"msg_1\""), _gateway.Upstream.Last.Body);
        Assert.Null(call.Header("x-lightport-dropped"));
    }

    /// <summary>It would tell how far its prompt is another's: so it is asked for as a first one, which is told.</summary>
    [Theory]
    [InlineData("{\"previous_message_id\":\"msg_1\"}", "{\"previous_message_id\":null}")]
    [InlineData("{\"a\":1,\"Previous\\u005fmessage_id\":\"msg_1\"}", "{\"previous_message_id\":null,\"a\":1}")]
    [InlineData(
        "{\"previous_message_id\":\"msg_0\",\"Previous_message_id\":\"msg_1\"}", "{\"previous_message_id\":null}")]
    public async Task Comparison_WithAnotherKeysRequest_IsLeftOut(string diagnostics, string sent)
    {
        await BeginAsync(stream: false, Compared("claude", "null"));
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        string asked = Compared("claude", "null")
            .Replace("{\"previous_message_id\":null}", diagnostics, StringComparison.Ordinal);

        using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, asked, Two);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(
            Compared("x", "null").Replace("{\"previous_message_id\":null}", sent, StringComparison.Ordinal),
            _gateway.Upstream.Last.Body);
        Assert.Equal("diagnostics.previous_message_id", call.Header("x-lightport-dropped"));
    }

    /// <summary>OpenAI compares with any answer of its organization.</summary>
    [Fact]
    public async Task ComparisonOfResponses_IsForTheKeyThatWasToldTheAnswer()
    {
        const string Begin = """{"model":"gpt","input":"hi"}""";
        const string Compared = """{"model":"gpt","input":"hi","prompt_cache_options":{"comparison_response_id":"resp_1","ttl":"30m"}}""";
        const string Answer = """{"id":"resp_1","object":"response","status":"completed","output":[],"usage":null}""";
        foreach ((string body, Dictionary<string, string> key, string options) in new[]
        {
            (Begin, One, ""),
            (Compared, One, """{"comparison_response_id":"resp_1","ttl":"30m"}"""),
            (Compared, Two, """{"ttl":"30m"}"""),
        })
        {
            _gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

            using ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Responses, body, key);

            Assert.True(call.Status == 200, call.Text);
            Assert.Equal(options, _gateway.Upstream.Last.Json["prompt_cache_options"]?.ToJsonString() ?? "");
            Assert.Equal(
                key == Two ? "prompt_cache_options.comparison_response_id" : null, call.Header("x-lightport-dropped"));
        }
    }

    [Fact]
    public async Task ComparisonThatCannotBeLookedUp_IsLeftOut_AndAnswered()
    {
        await BeginAsync(stream: false, Compared("claude", "null"));
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        _ids.Fails = true;

        using ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages, Compared("claude", "\"msg_1\""), One);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(Compared("x", "null"), _gateway.Upstream.Last.Body);
    }

    private static string Compared(string model, string id) =>
        $$$"""{"model":"{{{model}}}","max_tokens":9,"diagnostics":{"previous_message_id":{{{id}}}},"messages":[{"role":"user","content":"hi"}]}""";

    private static string GoingOn(string model) =>
        $$$"""{"model":"{{{model}}}","max_tokens":9,"thread":{"type":"continue","previous_message_id":"msg_1"},"messages":[{"role":"user","content":"more"}]}""";

    private async Task<ClientCall> BeginAsync(bool stream, string request = Create)
    {
        _gateway.Upstream.Answer(stream
            ? ScriptedResponse.Events(Wires.MessagesEvents)
            : ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Messages,
            stream ? request.Replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"", StringComparison.Ordinal) : request,
            One);
        Assert.True(call.Status == 200, call.Text);
        return call;
    }

    public void Dispose() => _gateway.Dispose();
}
