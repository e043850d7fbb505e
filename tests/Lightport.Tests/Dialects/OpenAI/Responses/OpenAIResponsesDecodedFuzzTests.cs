using System.Text;
using FsCheck;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Dialects.Passthrough;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Whatever a provider sends: nothing but a refusal is thrown, and every stream ends once.</summary>
public sealed class OpenAIResponsesDecodedFuzzTests
{
    private static readonly string[] Words =
    [
        "{", "}", "[", "]", ":", ",", "\"type\"", "\"response.output_text.delta\"", "\"response.completed\"", "\"error\"",
        "\"response\"", "\"item\"", "\"output\"", "\"output_index\"", "\"content_index\"", "\"delta\"", "\"usage\"", "-1",
        "99999999999", "1e999", "null", "\"\"", "\"\\ud800\"", "{}", "[]", "true", "\n", " ", "\u00e9",
    ];

    private static readonly string[] Bases =
    [
        """{"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m","role":"assistant","content":[]}}""",
        """{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"x","logprobs":[{"token":"x","logprob":-1,"bytes":[1]}]}""",
        """{"type":"response.output_text.annotation.added","output_index":0,"content_index":0,"annotation":{"type":"url_citation","url":"u","start_index":0,"end_index":1}}""",
        """{"type":"response.reasoning_summary_text.delta","output_index":1,"summary_index":0,"delta":"x"}""",
        """{"type":"response.function_call_arguments.delta","output_index":2,"delta":"{"}""",
        """{"type":"response.output_item.done","output_index":0,"item":{"type":"message","id":"m","content":[{"type":"output_text","text":"x","annotations":[{"type":"file_citation"}]},{"type":"refusal","refusal":"r"}]}}""",
        """{"type":"response.completed","response":{"id":"r","created_at":1.5,"model":"m","status":"completed","error":null,"incomplete_details":{"reason":"x"},"usage":{"input_tokens":1,"input_tokens_details":{"cached_tokens":9}},"output":[{"type":"web_search_call","id":"w","action":{"type":"search"}},{"type":"function_call","name":"f"}]}}""",
    ];

    [Fact]
    public void AnyEvents_AreReadOrRefused()
    {
        Arbitrary<string> bodies = Arb.From(Gen.OneOf(
            Gen.ListOf(Gen.Elements(Words)).Select(words => string.Concat(words)), Mutations()));

        Prop.ForAll(bodies, Arb.From(Gen.ListOf(Mutations())), (body, events) => Survives(body) && Survives([.. events]))
            .Check(new FsCheck.Configuration { MaxNbOfTest = 1500, QuietOnSuccess = true, Runner = Config.QuickThrowOnFailure.Runner });
    }

    private static Gen<string> Mutations() =>
        from body in Gen.Elements(Bases)
        from start in Gen.Choose(0, body.Length - 1)
        from length in Gen.Choose(0, 6)
        from word in Gen.Elements(Words)
        from isWhole in Gen.Elements(true, true, false)
        select isWhole ? body : body[..start] + word + body[Math.Min(body.Length, start + length)..];

    private static bool Survives(string body)
    {
        try
        {
            ResponsesProvider.Decode(body);
        }
        catch (GatewayException)
        {
            // Refused, as it may be.
        }

        PassthroughBody read = OpenAIResponsesBodyReader.Read(Encoding.UTF8.GetBytes(body), promptTokens: 1);
        return read.Error is not null || read.Usage is not null;
    }

    private static bool Survives(IReadOnlyList<string> events)
    {
        string sse = string.Concat(events.Select(data => $"data: {data.Replace('\n', ' ')}\n\n"));
        List<StreamEvent> told = ResponsesProvider.DecodeStream(sse);
        Chat.ChatWire.Fold(told);
        ResponsesProvider.Relay(new OpenAIResponsesRelay(promptTokens: 1), sse);
        return told.Count(one => one is StreamEvent.ResponseEnd or StreamEvent.Failed) == 1;
    }
}
