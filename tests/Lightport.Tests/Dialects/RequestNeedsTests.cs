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

    /// <summary>
    /// What is behind an address or an id may be of any length, and so may a file, whatever its bytes; text is its bytes.
    /// </summary>
    [Theory]
    [InlineData("gemini", """{"contents":[{"parts":[{"fileData":{"fileUri":"https://youtu.be/a"}}]}]}""", true, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"file_data":{"file_uri":"gs://a"}}]}]}""", true, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"fileData":{"fileUri":"gs://a","mimeType":"image/png"}}]}]}""", true, false)]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"data":"AAAA"}}]}]}""", true, true)]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"data":"AAAA","mimeType":"audio/ogg"}}]}]}""", true, false)]
    [InlineData("gemini", """{"contents":[{"parts":[{"inlineData":{"data":"AAAA","mimeType":"image/png"}}]}]}""", false, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","file_url":"https://a"}]}]}""", true, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","fil\u0065_url":1}]}]}""", true, false)]
    [InlineData("responses", """{"input":[{"content":[{"type":"input_file","file_data":"data:a"}]}]}""", true, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"url","url":"https://a"}}]}]}""", true, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"base64","data":"AAAA"}}]}]}""", true, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"text","data":"a"}}]}]}""", false, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"text","type":"base64"}}]}]}""", true, false)]
    [InlineData("messages", """{"messages":[{"content":[{"type":"document","source":{"type":"content","content":[]}}]}]}""", true, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"file","source":{"type":"text"},"file":{}}]}]}""", true, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"input_audio","input_audio":{"data":"AAAA"}}]}]}""", true, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"file","file":{"file_data":" \u0048TTPS://a"}}]}]}""", true, false)]
    [InlineData("chat", """{"messages":[{"content":[{"type":"image_url","image_url":{"url":"https://a"}}]}]}""", false, false)]
    public void Content_ThatMayFillAContext_IsTold(string dialect, string body, bool fills, bool isUnclear)
    {
        RequestNeeds needs = Of(dialect, body);

        Assert.Equal((fills, isUnclear, 1), (needs.InputMayFill, needs.InputIsUnclear, needs.InputParts));
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
            (needs.InputParts, needs.InputMayFill, needs.InputIsUnclear, needs.InputBytes));
    }

    /// <summary>The same of every other dialect: what stands there and is none that is known.</summary>
    [Theory]
    [InlineData("messages", """{"messages":[{"role":"user","content":[{"type":"memory_file","id":"m_1"}]}]}""")]
    [InlineData("messages", """{"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}]}""")]
    [InlineData("messages", """{"messages":[{"content":[{"type":"tool_result","content":[{"type":"page","url":"a"}]}]}]}""")]
    [InlineData("messages", """{"messages":[],"system":[{"type":"stored_text","id":"s_1"}]}""")]
    [InlineData("messages", """{"messages":[],"system":[{"text":"typeless"}]}""")]
    [InlineData("responses", """{"input":[{"type":"item_reference","id":"msg_1"}]}""")]
    [InlineData("responses", """{"input":[{"id":"msg_1"}]}""")]
    [InlineData("responses", """{"input":[{"type":"compaction_trigger"}]}""")]
    [InlineData("responses", """{"input":[{"role":"user","content":[{"type":"input_folder","id":"d_1"}]}]}""")]
    [InlineData("responses", """{"input":[{"type":"function_call_output","output":[{"type":"input_folder"}]}]}""")]
    [InlineData("gemini", """{"contents":[{"parts":[{"knowledgeBase":{"name":"corpora/1"}}]}]}""")]
    [InlineData("gemini", """{"contents":[{"parts":[{"functionResponse":{"name":"f","parts":[{"remoteData":{}}]}}]}]}""")]
    [InlineData("gemini", """{"contents":[],"systemInstruction":{"parts":[{"storedText":"s"}]}}""")]
    [InlineData("interactions", """{"input":[{"type":"memory","id":"m_1"}]}""")]
    [InlineData("interactions", """{"input":[{"type":"user_input","content":[{"type":"notebook","id":"n"}]}]}""")]
    [InlineData("interactions", """{"input":[{"type":"function_result","result":[{"type":"notebook"}]}]}""")]
    public void Parts_ThatNobodyKnows_MayBeOfAnyLength(string dialect, string body)
    {
        RequestNeeds needs = Of(dialect, body);

        Assert.Equal((1, true, true), (needs.InputParts, needs.InputMayFill, needs.InputIsUnclear));
    }

    /// <summary>Each type that the vendors' own pages have counts by its bytes, or by the piece.</summary>
    [Theory]
    [InlineData("messages", 0, "text thinking redacted_thinking search_result compaction tool_use tool_result server_tool_use")]
    [InlineData("messages", 0, "web_search_tool_result web_fetch_tool_result code_execution_tool_result mcp_tool_use mcp_tool_result")]
    [InlineData("messages", 0, "bash_code_execution_tool_result text_editor_code_execution_tool_result tool_search_tool_result")]
    [InlineData("messages", 0, "advisor_tool_result mid_conv_system tool_addition tool_removal fallback")]
    [InlineData("messages", 2, "image document")]
    [InlineData("responses", 0, "message file_search_call computer_call computer_call_output web_search_call function_call")]
    [InlineData("responses", 0, "function_call_output tool_search_call tool_search_output additional_tools reasoning compaction")]
    [InlineData("responses", 0, "code_interpreter_call local_shell_call local_shell_call_output shell_call shell_call_output")]
    [InlineData("responses", 0, "apply_patch_call apply_patch_call_output mcp_list_tools mcp_approval_request mcp_approval_response")]
    [InlineData("responses", 0, "mcp_call custom_tool_call custom_tool_call_output program program_output")]
    [InlineData("responses", 0, "input_text output_text refusal reasoning_text summary_text")]
    [InlineData("responses", 4, "input_image input_file image_generation_call computer_screenshot")]
    [InlineData("gemini", 0, "text thought functionCall executableCode codeExecutionResult toolCall toolResponse videoMetadata")]
    [InlineData("gemini", 0, "thoughtSignature thought_signature function_call functionResponse mediaResolution partMetadata")]
    [InlineData("interactions", 0, "user_input model_output thought function_call function_result code_execution_call text")]
    [InlineData("interactions", 0, "code_execution_result url_context_call url_context_result google_search_call google_search_result")]
    [InlineData("interactions", 0, "google_maps_call google_maps_result file_search_call file_search_result")]
    [InlineData("interactions", 0, "mcp_server_tool_call mcp_server_tool_result")]
    [InlineData("interactions", 4, "image audio video document")]
    public void Parts_OfEveryKnownType_HaveABound(string dialect, int pieces, string types)
    {
        IEnumerable<string> parts = types.Split(' ').Select(type =>
            dialect == "gemini" ? $$"""{"{{type}}":1}""" : $$"""{"type":"{{type}}"}""");
        string all = $"[{string.Join(',', parts)}]";

        RequestNeeds needs = Of(dialect, dialect switch
        {
            "messages" => $$"""{"messages":[{"role":"user","content":{{all}}}]}""",
            "gemini" => $$"""{"contents":[{"parts":{{all}}}]}""",
            _ => $$"""{"input":{{all}}}""",
        });

        Assert.Equal((pieces, pieces > 0, false), (needs.InputParts, needs.InputMayFill, needs.InputIsUnclear));
    }

    /// <summary>What tools put out may have words of its own, and turns need not say that they are some.</summary>
    [Theory]
    [InlineData("responses", """{"input":[{"role":"user","content":"hi"}]}""")]
    [InlineData("responses", """{"input":[{"type":"shell_call_output","output":[{"stdout":"a","stderr":"","outcome":{"type":"exit"}}]}]}""")]
    [InlineData("responses", """{"input":[{"type":"code_interpreter_call","outputs":[{"type":"logs","logs":"a"}]}]}""")]
    [InlineData("interactions", """{"input":[{"role":"user","content":[{"type":"text","text":"hi"}]}]}""")]
    [InlineData("interactions", """{"input":[{"type":"function_result","result":{"type":"sunny","content":[{"degrees":20}]}}]}""")]
    [InlineData("interactions", """{"input":[{"type":"google_search_result","result":[{"search_suggestions":"a"}]}]}""")]
    [InlineData("gemini", """{"contents":[{"parts":[{"functionResponse":{"name":"f","response":{"parts":[{"x":1}]}}}]}]}""")]
    [InlineData("messages", """{"messages":[{"content":[{"type":"tool_use","input":{"content":[{"x":1}]}}]}],"system":[{"type":"text"}]}""")]
    public void Parts_InAToolsOwnWords_AreText(string dialect, string body) =>
        Assert.Equal((0, false), (Of(dialect, body).InputParts, Of(dialect, body).InputMayFill));

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
