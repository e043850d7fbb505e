using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>How an answer ended, for clients whose dialect has fewer words for it.</summary>
public sealed class FinishTests
{
    private const string Stopped = """
        {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"a"}],
         "stop_reason":"stop_sequence","stop_sequence":"END","stop_details":{"type":"x"},"usage":{"input_tokens":1,"output_tokens":1}}
        """;

    [Fact]
    public void MessagesEnd_ToChat_RidesBesideTheFinishReason()
    {
        const string expected =
            """
            "finish_reason":"stop","native_finish_reason":"stop_sequence","stop_sequence":"END","stop_details":{"type":"x"}}]
            """;
        ChatResponse response = Wire.DecodeResponse(Stopped);

        Assert.Contains(expected, ChatWire.EncodeResponse(response), StringComparison.Ordinal);
        Assert.Contains(expected, ChatWire.EncodeStream(ResponseReplay.Events(response)), StringComparison.Ordinal);
    }

    [Fact]
    public void CitationOfADocument_ToChat_IsLeftOutAndOneOfAPageIsNot()
    {
        ChatResponse response = Wire.DecodeResponse("""
            {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"a","citations":[
              {"type":"char_location","cited_text":"c","document_index":0,"document_title":"D","start_char_index":0,"end_char_index":1},
              {"type":"web_search_result_location","cited_text":"c","url":"https://x.example/","title":"T","encrypted_index":"e"}]}],
             "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}
            """);
        const string expected =
            """
            "annotations":[{"type":"url_citation","url_citation":{"url":"https://x.example/","title":"T","start_index":0,"end_index":1,"content":"c"}}]
            """;

        string stream = ChatWire.EncodeStream(ResponseReplay.Events(response));

        Assert.Contains(expected, ChatWire.EncodeResponse(response), StringComparison.Ordinal);
        Assert.Contains(expected, stream, StringComparison.Ordinal);
        Assert.DoesNotContain("\"url\":\"\"", stream, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_ToCompletions_IsItsTextAndAContentFilter()
    {
        var output = new ArrayBufferWriter<byte>();
        var response = new ChatResponse
        {
            Id = "c1", Model = "m", Created = 5,
            Choices = [new ChatChoice(0, [new RefusalPart("I will not.")], new Finish(FinishReason.Stop))],
        };

        OpenAICompletionsResponseEncoder.Encode(response, ChatWire.Context(), output);

        const string choice = """{"text":"I will not.","index":0,"logprobs":null,"finish_reason":"content_filter"}""";
        Assert.Contains(choice, Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
        string stream = ChatWire.EncodeStream(
            ResponseReplay.Events(response), encoder: new OpenAICompletionsStreamEncoder(ChatWire.Context()));
        Assert.Contains("""{"text":"I will not.","index":0,"logprobs":null,"finish_reason":null}""", stream, StringComparison.Ordinal);
        Assert.Contains("""{"text":"","index":0,"logprobs":null,"finish_reason":"content_filter"}""", stream, StringComparison.Ordinal);
    }
}
