using Lightport.Conversation;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Google.Interactions;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects;

/// <summary>What a request needs of a model is read off its bytes, in each dialect's own words.</summary>
public sealed class RequestNeedsTests
{
    private const string Nothing = "";

    [Theory]
    [InlineData("chat", """{"messages":[{"content":"hi"}],"tools":[]}""", Nothing)]
    [InlineData("chat", """{"messages":[{"content":"hi"}],"tools":[{"type":"function"}]}""", "Tools")]
    [InlineData("chat", """{"messages":[],"functions":[{"name":"f"}],"max_tokens":9}""", "Tools 9")]
    [InlineData("chat", """{"messages":[],"max_tokens":9,"max_completion_tokens":7}""", "7")]
    [InlineData("chat", """{"messages":[],"response_format":{"type":"json_schema"}}""", "Schema")]
    [InlineData("chat", """{"messages":[],"response_format":{"type":"json_object"}}""", Nothing)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"text"},{"type":"image_url"}]}]}""", "Image")]
    [InlineData("chat", """{"messages":[{"content":[{"type":"input_audio"},{"type":"file"}]}]}""", "Audio, File")]
    [InlineData("chat", """{"messages":[{"content":[{"type":"imag\u0065_url"}]}]}""", "Image")]
    [InlineData("chat", """{"messages":[{"tool_calls":[{"x":[{"type":"image_url"}]}]}]}""", Nothing)]
    [InlineData("chat", """{"messages":[{"\ud800":1,"content":[{"type":"\ud800"}]}]}""", Nothing)]
    [InlineData("responses", """{"input":"hi","max_output_tokens":5}""", "5")]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_image"}]}]}""", "Image")]
    [InlineData("responses", """{"input":[{"type":"function_call_output","output":[{"type":"input_file"}]}]}""", "File")]
    [InlineData("responses", """{"input":[],"text":{"format":{"type":"json_schema"}},"tools":[{}]}""", "Tools Schema")]
    [InlineData("messages", """{"messages":[{"content":[{"type":"image"}]}],"max_tokens":3}""", "Image 3")]
    [InlineData("messages", """{"messages":[{"content":[{"content":[{"type":"document"}]}]}]}""", "File")]
    [InlineData("messages", """{"messages":[{"content":[{"type":"tool_use","input":{"type":"image"}}]}]}""", Nothing)]
    [InlineData("messages", """{"messages":[],"output_config":{"format":{"type":"json_schema"}}}""", "Schema")]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png"}}]}]}""", "Image")]
    [InlineData("gemini", """{"contents":{"parts":{"file_data":{"mime_type":"application/pdf"}}}}""", "File")]
    [InlineData("gemini", """{"contents":[],"generationConfig":{"maxOutputTokens":8,"responseSchema":{}}}""", "Schema 8")]
    [InlineData("interactions", """{"input":"hi","tools":[{"type":"function"}]}""", "Tools")]
    [InlineData("interactions", """{"input":{"type":"image","uri":"gs://a"}}""", "Image")]
    [InlineData("interactions", """{"input":[{"type":"user_input","content":[{"type":"document"}]}]}""", "File")]
    [InlineData("interactions", """{"input":[{"type":"function_result","result":[{"type":"image"}]}]}""", "Image")]
    [InlineData("interactions", """{"input":[{"type":"function_call","arguments":{"type":"audio"}}]}""", Nothing)]
    [InlineData("interactions", """{"input":"","response_format":{"type":"object"},"generation_config":{"max_output_tokens":8}}""", "Schema 8")]
    [InlineData("interactions", """{"input":"","response_format":{"type":"text","mime_type":"application/json"}}""", Nothing)]
    public void Needs_AreThoseThatTheDialectSays(string dialect, string body, string said) =>
        Assert.Equal(said, Words(Of(dialect, body)));

    [Fact]
    public void Bytes_OfWhatIsNoText_AreCountedApart()
    {
        const string Picture = """{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}""";

        RequestNeeds needs =
            Of("chat", $$"""{"messages":[{"content":[{"type":"text","text":"a"},{{Picture}}]},{"content":[{{Picture}}]}]}""");

        Assert.Equal(2 * Picture.Length, needs.InputBytes);
    }

    /// <summary>What is behind an address or an id may be of any length, and nobody has said of what kind it is.</summary>
    [Theory]
    [InlineData("gemini", """{"contents":[{"parts":[{"fileData":{"fileUri":"https://youtu.be/a"}}]}]}""", true, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"file_data":{"file_uri":"gs://a"}}]}]}""", true, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"fileData":{"fileUri":"gs://a","mimeType":"image/png"}}]}]}""", true, false)]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"data":"AAAA"}}]}]}""", false, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"data":"AAAA","mimeType":"image/png"}}]}]}""", false, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","file_url":"https://a"}]}]}""", true, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","fil\u0065_url":1}]}]}""", true, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","file_data":"data:a"}]}]}""", false, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"url","url":"https://a"}}]}]}""", true, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"base64","data":"AAAA"}}]}]}""", false, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"file","file":{"file_data":" \u0048TTPS://a"}}]}]}""", true, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"image_url","image_url":{"url":"https://a"}}]}]}""", false, false)]
    public void Files_ThatAreOnlyNamed_AreTold(string dialect, string body, bool isNamed, bool isUnclear)
    {
        RequestNeeds needs = Of(dialect, body);

        Assert.Equal((isNamed, isUnclear, 1), (needs.InputIsNamed, needs.InputIsUnclear, needs.InputParts));
    }

    /// <summary>Servers of this wire invent types of parts; what one of them names may be of any length.</summary>
    [Theory]
    [InlineData("""{"type":"document_url","document_url":"https://a"}""", 1)]
    [InlineData("""{"type":"memory","ref":"m_1"}""", 1)]
    [InlineData("""{"image":"a.png"}""", 1)]
    [InlineData("""{"type":["image_url"]}""", 1)]
    [InlineData("""{"type":"text","t\u0079pe":"document_url"}""", 1)]
    [InlineData("""{"type":"thinking","content":[{"type":"other"}]}""", 1)]
    [InlineData("""{"type":"text","text":"see https://a"}""", 0)]
    [InlineData("""{"type":"refusal","refusal":"no"}""", 0)]
    [InlineData("""{"type":"thinking","thinking":[{"type":"text","text":"so"}]}""", 0)]
    public void Parts_OfChats_ThatNobodyKnows_MayBeOfAnyLength(string part, int parts)
    {
        RequestNeeds needs = Of("chat", $$"""{"messages":[{"role":"user","content":[{{part}},"and"]}]}""");

        Assert.Equal(
            (parts, parts > 0, parts > 0, 0),
            (needs.InputParts, needs.InputIsNamed, needs.InputIsUnclear, needs.InputBytes));
    }

    private static RequestNeeds Of(string dialect, string body)
    {
        JsonEnvelope envelope = JsonEnvelope.Read(System.Text.Encoding.UTF8.GetBytes(body));
        return dialect switch
        {
            "chat" => OpenAIChatNeeds.Of(envelope),
            "responses" => OpenAIResponsesNeeds.Of(envelope),
            "messages" => AnthropicMessagesNeeds.Of(envelope),
            "interactions" => GoogleInteractionsNeeds.Of(envelope),
            _ => GoogleGeminiNeeds.Of(envelope),
        };
    }

    private static string Words(RequestNeeds needs) => string.Join(
        ' ',
        new[]
        {
            needs.Tools ? "Tools" : null,
            needs.Schema ? "Schema" : null,
            needs.Input == ContentKinds.None ? null : needs.Input.ToString(),
            needs.OutputTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }.OfType<string>());
}
