using Lightport.Tests.Dialects.Aws;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Google.Gemini;

namespace Lightport.Tests.Exchanges;

/// <summary>Providers keep a connection alive with white space before an answer, and some end it so: it means nothing.</summary>
public sealed class PaddedAnswerTests : IDisposable
{
    private const string Padding = "\n\n \t\r\n   ";

    private const string ResponsesAnswer = """
        {"id":"resp_1","object":"response","created_at":1,"model":"m","status":"completed","error":null,"incomplete_details":null,
         "output":[{"type":"message","id":"msg_1","role":"assistant","status":"completed",
           "content":[{"type":"output_text","text":"Hello","annotations":[]}]}],
         "usage":{"input_tokens":9,"output_tokens":3,"total_tokens":12}}
        """;

    private readonly TestGateway _gateway = new(
        """
        models:
          exact: openai/gpt-4o
          loose: loose/x
          claude: anthropic/x
          gemini: [{ to: google/gemini-3-flash, traits: { endpoint-always: on } }]
          converse: ["bedrock/us.amazon.nova-2-lite-v1:0"]
          responses: [{ to: openai/m, traits: { endpoint: openai-responses, endpoint-always: on } }]
        """,
        providers: "  google: {}\n  bedrock: { region: eu-central-1 }\n");

    public PaddedAnswerTests() => _gateway.Secrets.Values["AWS_BEARER_TOKEN_BEDROCK"] = BedrockGateway.Key;

    public static TheoryData<string, string> Answers => new()
    {
        { "exact", Wires.ChatAnswer },
        { "loose", Wires.ChatAnswer },
        { "claude", Wires.MessagesAnswer },
        { "gemini", GeminiGateway.Answer },
        { "converse", ConverseWire.Answer },
        { "responses", ResponsesAnswer },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task WhiteSpace_AroundAnAnswerAndARequest_MeansNothing(string model, string answer)
    {
        foreach (bool messages in (bool[])[false, true])
        {
            _gateway.Upstream.Answer(ScriptedResponse.Json(Padding + answer + Padding));

            ClientCall call = await _gateway.SendAsync(
                messages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions,
                Padding + Wires.For(model, messages ? Wires.Messages : Wires.Chat) + Padding);

            Assert.True(call.Status == 200, call.Text);
            string? said = (string?)(messages
                ? call.Json["content"]![0]!["text"]
                : call.Json["choices"]![0]!["message"]!["content"]);
            Assert.Equal("hello", said, ignoreCase: true);
            Assert.False(_gateway.Record.Usage!.Estimated);
        }
    }

    public void Dispose() => _gateway.Dispose();
}
