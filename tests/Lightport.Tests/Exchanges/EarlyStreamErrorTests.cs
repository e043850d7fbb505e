using System.Text;
using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Exchanges;

/// <summary>An error inside a 200 stream before its first content is a failed attempt, on every wire.</summary>
public sealed class EarlyStreamErrorTests : IDisposable
{
    private const string ResponsesError = """
        event: response.created
        data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","object":"response","created_at":1,"status":"in_progress","model":"m","output":[]}}

        event: error
        data: {"type":"error","sequence_number":1,"code":"server_error","message":"Told by the provider.","param":null}


        """;

    private const string GeminiError = """
        data: {"error":{"code":500,"message":"Told by the provider.","status":"INTERNAL"}}


        """;

    private readonly TestGateway _gateway = new(
        """
        models:
          chat: { targets: [loose/x, openai/y], retry: { attempts: 1 } }
          messages: { targets: [anthropic/x, openai/y], retry: { attempts: 1 } }
          gemini: { targets: [{ to: google/gemini-3-flash, traits: { endpoint-always: on } }, openai/y], retry: { attempts: 1 } }
          converse: { targets: ["bedrock/us.amazon.nova-2-lite-v1:0", openai/y], retry: { attempts: 1 } }
          responses: { targets: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on } }, openai/y], retry: { attempts: 1 } }
        """,
        providers: "  google: {}\n  bedrock: { region: eu-central-1 }\n");

    public EarlyStreamErrorTests() => _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;

    public static TheoryData<string, string, byte[]> Streams => new()
    {
        { "chat", "text/event-stream", Encoding.UTF8.GetBytes(Wires.ChatRole + Wires.ChatError) },
        { "messages", "text/event-stream", Encoding.UTF8.GetBytes(Wires.MessagesStart + Wires.MessagesError) },
        { "gemini", "text/event-stream", Encoding.UTF8.GetBytes(GeminiError) },
        { "responses", "text/event-stream", Encoding.UTF8.GetBytes(ResponsesError) },
        {
            "converse",
            "application/vnd.amazon.eventstream",
            [
                .. AwsEventStream.Event("messageStart", """{"role":"assistant"}"""),
                .. AwsEventStream.Exception("modelStreamErrorException", """{"message":"Told by the provider."}"""),
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ErrorBeforeContent_TheNextTargetAnswers(string model, string mediaType, byte[] body)
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Of(mediaType, body))
            .Answer(ScriptedResponse.Events(Wires.ChatEvents));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream));

        Assert.Equal((200, "openai"), (call.Status, call.Header("x-lightport-provider")));
        Assert.Equal("2", call.Header("x-lightport-attempts"));
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Told by the provider.", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ErrorBeforeContentOfAll_TellsOfBothWithARealStatus(string model, string mediaType, byte[] body)
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Of(mediaType, body))
            .Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatError));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream));

        Assert.Equal(502, call.Status);
        Assert.Equal(2, call.Json["error"]!["attempts"]!.AsArray().Count);
    }

    public void Dispose() => _gateway.Dispose();
}
