using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects.Google.Interactions;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Interactions that are asked of Google itself: bytes pass, and what Google cannot read stays behind.</summary>
public sealed class GoogleInteractionsPassedTests : IDisposable
{
    private const string Events = """
        event: interaction.created
        data: {"event_type":"interaction.created","interaction":{"id":"v1_a","model":"gemini-3-flash","status":"in_progress"}}

        event: step.start
        data: {"event_type":"step.start","index":0,"step":{"type":"model_output"},"event_id":"e1"}

        event: step.delta
        data: {"event_type":"step.delta","index":0,"delta":{"type":"text","text":"hello"},"event_id":"e2"}

        event: step.stop
        data: {"event_type":"step.stop","index":0}

        event: interaction.completed
        data: {"event_type":"interaction.completed","interaction":{"id":"v1_a","status":"completed","usage":{"total_input_tokens":5,"total_output_tokens":2}}}

        event: done
        data: [DONE]


        """;

    private readonly InteractionsGateway _gateway = new();

    /// <summary>The model's family is best told at generateContent, and Interactions do no less of it.</summary>
    [Fact]
    public async Task Request_OfItsOwnClient_PassesAsItIs()
    {
        const string Body = """{"model":"models/native","input":"hi","safety_settings":[],"new_field":{"a":1.50},"store":false}""";
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(InteractionsGateway.Answer));

        using ClientCall call = await SendAsync(Body);

        Assert.Equal(InteractionsGateway.Answer, call.Text);
        Assert.Equal("/v1beta/interactions", _gateway.Gateway.Upstream.Last.Address.AbsolutePath);
        Assert.Equal(
            Body.Replace("models/native", "gemini-3-flash-preview", StringComparison.Ordinal),
            _gateway.Gateway.Upstream.Last.Body);
        Assert.Equal((5, 2), (_gateway.Gateway.Usage.Records[^1].Usage!.Input, _gateway.Gateway.Usage.Records[^1].Usage!.Output));
    }

    [Fact]
    public async Task Stream_OfItsOwnClient_PassesByteForByte()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Events(Events));

        using ClientCall call = await SendAsync("""{"model":"native","input":"hi","stream":true}""");

        Assert.Equal(Events, call.Text);
        Assert.Equal(FinishReason.Stop, _gateway.Gateway.Usage.Records[^1].Finish);
    }

    [Fact]
    public async Task Stream_ThatBreaksOff_EndsInAnErrorEvent()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Events(
            Events[..Events.IndexOf("event: step.stop", StringComparison.Ordinal)]));

        using ClientCall call = await SendAsync("""{"model":"native","input":"hi","stream":true}""");

        Assert.EndsWith(
            "data: {\"event_type\":\"error\",\"error\":{\"code\":\"api_error\",\"message\":\"The provider's stream ended before the answer was complete.\"}}\n\n",
            call.Text,
            StringComparison.Ordinal);
    }

    /// <summary>Chat's and other clients of the same model go where its family is best told.</summary>
    [Fact]
    public async Task Request_OfAnotherClient_GoesToGenerateContent()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(GeminiGateway.Answer));

        using ClientCall call = await _gateway.Gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, """{"model":"native","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(200, call.Status);
        Assert.EndsWith(":generateContent", _gateway.Gateway.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
    }

    /// <summary>The route has the last word.</summary>
    [Fact]
    public async Task Request_ByARouteThatWantsTheFamilysEndpoint_IsTranslated()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(GeminiGateway.Answer));

        using ClientCall call = await SendAsync("""{"model":"always","input":"hi"}""");

        Assert.Equal(200, call.Status);
        Assert.EndsWith(":generateContent", _gateway.Gateway.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thought_OfAnotherVendor_StaysBehindAndItsCallIsExcused()
    {
        string envelope = GoogleInteractionsThought.Signature(new OpaqueState(StateFormats.Anthropic, "Eo0B"));
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(InteractionsGateway.Answer));

        using ClientCall call = await SendAsync($$$"""
            {"model":"native","input":[{"type":"user_input","content":[{"type":"text","text":"hi"}]},
              {"type":"thought","signature":"{{{envelope}}}"},{"type":"function_call","id":"a","name":"f","arguments":{"x": 1.50}},
              {"type":"function_result","call_id":"a","result":"r"},{"type":"thought","signature":"{{{envelope}}}"},
              {"type":"model_output","content":[{"type":"text","text":"ok"}]},{"type":"thought","signature":"c2ln"},
              {"type":"user_input","content":[{"type":"text","text":"and?"}]}]}
            """);

        Assert.Equal((200, "thought_signature"), (call.Status, call.Header("x-lightport-dropped")));
        JsonArray input = _gateway.Gateway.Upstream.Last.Json["input"]!.AsArray();
        Assert.Equal(
            ["user_input", "thought", "function_call", "function_result", "model_output", "thought", "user_input"],
            input.Select(step => (string?)step!["type"]));
        Assert.Equal(
            ["skip_thought_signature_validator", "c2ln"],
            input.Where(step => (string?)step!["type"] == "thought").Select(step => (string?)step!["signature"]));
        Assert.Contains("{\"x\": 1.50}", _gateway.Gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(string body) => _gateway.Gateway.SendAsync(GatewayEndpoints.Interactions, body);
}
