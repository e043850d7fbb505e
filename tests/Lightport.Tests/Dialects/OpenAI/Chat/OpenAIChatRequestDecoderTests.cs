using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

public sealed class OpenAIChatRequestDecoderTests
{
    [Fact]
    public void Decode_TopKOfMinusOne_SaysNothing() => Assert.Null(
        ChatWire.DecodeRequest("""{"model":"m","messages":[{"role":"user","content":"x"}],"top_k":-1}""").Options.TopK);

    [Fact]
    public void Decode_EveryRole_KeepsOrderAndMeaning()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","messages":[
              {"role":"system","content":"one"},
              {"role":"user","content":[{"type":"text","text":"hi","cache_control":{"type":"ephemeral","ttl":"1h"}},
                {"type":"image_url","image_url":{"url":"data:image/png;charset=utf-8;base64,AAAA","detail":"high"}},
                {"type":"input_audio","input_audio":{"data":"BBBB","format":"mp3"}},
                {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,CCCC"}},
                {"type":"file","file":{"file_id":"file_1"}},
                {"type":"video_url","video_url":{"url":"https://v"}}]},
              {"role":"assistant","content":null,"tool_calls":[
                {"id":"c1","type":"function","function":{"name":"f","arguments":""}},
                {"id":"c2","type":"custom","custom":{"name":"g","input":"free"}}]},
              {"role":"tool","tool_call_id":"c1","content":"ok"},
              {"role":"developer","content":"two","name":"dev"},
              {"role":"user","content":"go"}]}
            """);

        Assert.Equal(
            [Role.System, Role.User, Role.Assistant, Role.Tool, Role.Developer, Role.User],
            request.Messages.Select(message => message.Role));
        IReadOnlyList<ContentPart> user = request.Messages[1].Parts;
        Assert.Equal(new TextPart("hi") { Cache = new CacheControl("1h"), Citations = ((TextPart)user[0]).Citations }, user[0]);
        ImagePart image = Assert.IsType<ImagePart>(user[1]);
        Assert.Equal(("AAAA", "image/png", "high"), (image.Source.Base64, image.Source.MediaType, image.Detail));
        Assert.Equal("audio/mp3", Assert.IsType<AudioPart>(user[2]).Source.MediaType);
        FilePart file = Assert.IsType<FilePart>(user[3]);
        Assert.Equal(("CCCC", "application/pdf", "a.pdf"), (file.Source.Base64, file.Source.MediaType, file.Filename));
        Assert.Equal("file_1", Assert.IsType<FilePart>(user[4]).Source.FileId);
        Assert.Equal("video_url", Assert.IsType<OpaquePart>(user[5]).Kind);
        Assert.Equal(new ToolCallPart("c1", "f", "{}"), request.Messages[2].Parts[0]);
        Assert.Equal(new ToolCallPart("c2", "g", "free") { Kind = ToolKind.Custom }, request.Messages[2].Parts[1]);
        Assert.Equal("c1", Assert.IsType<ToolResultPart>(request.Messages[3].Parts[0]).CallId);
        Assert.Equal("dev", request.Messages[4].Name);
    }

    [Fact]
    public void Decode_Options_AreAllRead()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","messages":[{"role":"user","content":"x"}],"max_tokens":5,"max_completion_tokens":7,
             "temperature":0.5,"top_p":0.9,"top_k":4,"frequency_penalty":1,"presence_penalty":-1,"seed":9007199254740993,
             "stop":"END","n":2,"logprobs":true,"top_logprobs":3,"logit_bias":{"1":2},"parallel_tool_calls":false,
             "reasoning":{"effort":"high","max_tokens":100,"exclude":true},"verbosity":"low","service_tier":"flex",
             "safety_identifier":"u","prompt_cache_key":"k","metadata":{"a":"b"},"modalities":["text","audio"],
             "audio":{"voice":"x"},"stream":true,"stream_options":{"include_usage":true},"future_field":[1]}
            """);

        GenerationOptions options = request.Options;
        Assert.Equal(7, options.MaxOutputTokens);
        Assert.Equal((0.5, 0.9, 4), (options.Temperature, options.TopP, options.TopK));
        Assert.Equal((1.0, -1.0, 9007199254740993L), (options.FrequencyPenalty, options.PresencePenalty, options.Seed));
        Assert.Equal(["END"], options.Stop);
        Assert.Equal((2, true, 3, false), (options.ChoiceCount, options.Logprobs, options.TopLogprobs, options.ParallelToolCalls));
        Assert.Equal(("high", 100, "omitted"), (options.Reasoning!.Effort, options.Reasoning.BudgetTokens, options.Reasoning.Display));
        Assert.Equal(("low", "flex", "u", "k"), (options.Verbosity, options.ServiceTier, options.User, options.PromptCacheKey));
        Assert.Equal(["text", "audio"], options.Modalities);
        Assert.True(request.Stream && request.IncludeUsage);
        Assert.Equal(["audio", "future_field"], request.Extensions.Select(extension => extension.Name));
    }

    [Theory]
    [InlineData("\"auto\"", ToolChoiceMode.Auto, "", false)]
    [InlineData("\"none\"", ToolChoiceMode.None, "", false)]
    [InlineData("\"required\"", ToolChoiceMode.Required, "", false)]
    [InlineData("""{"type":"function","function":{"name":"f"}}""", ToolChoiceMode.Named, "f", false)]
    [InlineData("""{"type":"custom","custom":{"name":"g"}}""", ToolChoiceMode.Named, "g", false)]
    [InlineData(
        """{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[{"type":"function","function":{"name":"f"}}]}}""",
        ToolChoiceMode.Allowed, "f", true)]
    public void Decode_ToolChoice_EveryForm(string choice, ToolChoiceMode mode, string names, bool required)
    {
        ChatRequest request = ChatWire.DecodeRequest(
            $$$"""{"model":"m","messages":[{"role":"user","content":"x"}],"tools":[{"type":"function","function":{"name":"f"}}],"tool_choice":{{{choice}}}}""");

        Assert.Equal(mode, request.ToolChoice!.Mode);
        Assert.Equal(names, string.Join(',', request.ToolChoice.Names));
        Assert.Equal(required, request.ToolChoice.Required);
    }

    [Fact]
    public void Decode_LegacyFunctions_BecomeToolsAndCalls()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","functions":[{"name":"f","parameters":{"type":"object"}}],"function_call":{"name":"f"},
             "messages":[{"role":"user","content":"x"},
               {"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{\"a\":1}"}},
               {"role":"function","name":"f","content":"done"}]}
            """);

        Assert.Equal("f", Assert.Single(request.Tools).Name);
        Assert.Equal(ToolChoiceMode.Named, request.ToolChoice!.Mode);
        ToolCallPart call = Assert.IsType<ToolCallPart>(Assert.Single(request.Messages[1].Parts));
        Assert.Equal("{\"a\":1}", call.Arguments);
        Assert.Equal(call.CallId, Assert.IsType<ToolResultPart>(request.Messages[2].Parts[0]).CallId);
    }

    [Fact]
    public void Decode_ReasoningDetails_WinOverPlainTextAndAreNotDoubled()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","messages":[{"role":"user","content":"x"},
              {"role":"assistant","content":"y","reasoning_content":"thought","reasoning":"thought","reasoning_details":[
                {"type":"reasoning.text","text":"thought","signature":"sig","format":"anthropic-claude-v1","index":0},
                {"type":"reasoning.encrypted","data":"blob","format":"anthropic-claude-v1","index":1},
                {"type":"reasoning.encrypted","data":"gem","id":"c1","format":"google-gemini-v1","index":2}],
               "tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}]}
            """);

        IReadOnlyList<ContentPart> parts = request.Messages[1].Parts;
        Assert.Equal(new ReasoningPart("thought") { State = new OpaqueState(StateFormats.Anthropic, "sig") }, parts[0]);
        Assert.Equal(
            new ReasoningPart("") { State = new OpaqueState(StateFormats.Anthropic, "blob", Redacted: true) }, parts[1]);
        Assert.Equal("y", Assert.IsType<TextPart>(parts[2]).Text);
        Assert.Equal(new OpaqueState(StateFormats.Gemini, "gem"), Assert.IsType<ToolCallPart>(parts[3]).State);
    }

    [Fact]
    public void Decode_SignatureWithoutText_TakesThePlainText()
    {
        ChatRequest request = ChatWire.DecodeRequest("""
            {"model":"m","messages":[{"role":"assistant","reasoning_content":"thought",
              "reasoning_details":[{"type":"reasoning.text","signature":"sig"}]}]}
            """);

        Assert.Equal(
            new ReasoningPart("thought") { State = new OpaqueState(StateFormats.Anthropic, "sig") },
            Assert.Single(request.Messages[0].Parts));
    }

    [Fact]
    public void Decode_LoneSurrogate_IsReadNotRefused()
    {
        ChatRequest request = ChatWire.DecodeRequest("""{"model":"m","messages":[{"role":"user","content":"a\ud83db\n"}]}""");

        Assert.Equal("a\uFFFDb\n", Assert.IsType<TextPart>(request.Messages[0].Parts[0]).Text);
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("{\"model\":\"m\"", null)]
    [InlineData("{\"model\":\"m\",\"model\":\"n\",\"messages\":[]}", null)]
    [InlineData("{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}", "model")]
    [InlineData("{\"model\":7,\"messages\":[]}", "model")]
    [InlineData("{\"model\":\"m\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[]}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":\"x\"}", "messages")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"content\":\"x\"}]}", "messages[0].role")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"robot\",\"content\":\"x\"}]}", "messages[0].role")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}]}", "messages[0].content")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"tool\",\"content\":\"x\"}]}", "messages[1].tool_call_id")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{},{\"role\":\"user\",\"content\":[{\"type\":5}]}]}", "messages[1].role")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":5}]}]}", "messages[0].content[1].type")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":3}}]}]}", "messages[0].content[0].image_url.url")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"}", "temperature")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"n\":0}", "n")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":[{\"type\":\"function\"}]}", "tools[0].function")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stop\":[\"a\",1]}", "stop[1]")]
    [InlineData("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tool_choice\":\"sometimes\"}", "tool_choice")]
    public void Decode_Malformed_NamesTheField(string body, string? field)
    {
        GatewayError error = ChatWire.RefusedRequest(body);

        Assert.Equal((400, ErrorKind.InvalidRequest, field), (error.Status, error.Kind, error.Param));
    }

    /// <summary>A turn of two fields, a part of two fields, and the same with a third that says nothing.</summary>
    [Theory]
    [InlineData("""{"role":"system","content":"x"}""")]
    [InlineData("""{"role":"developer","content":"x"}""")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"x"},{"type":"refusal","refusal":"no"}]}""")]
    [InlineData("""{"role":"assistant","content":"x"}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"text","text":"x"}]}""")]
    [InlineData("""{"role":"assistant","content":null}""")]
    public void Decode_PlainTurn_IsReadAsOneWithMore(string turn)
    {
        string more = turn.Replace("}", ",\"odd\":null}", StringComparison.Ordinal);

        Assert.Equal(Said(more), Said(turn));
    }

    [Theory]
    [InlineData("""{"role":"user","name":"n"}""", "messages[0].content")]
    [InlineData("""{"role":"user","content":null}""", "messages[0].content")]
    [InlineData("""{"role":"tool","content":"x"}""", "messages[0].tool_call_id")]
    [InlineData("""{"role":"user","content":[{"type":"text","cache_control":{}}]}""", "messages[0].content[0].text")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":null}]}""", "messages[0].content[0].text")]
    public void Decode_TwoFieldsThatAreNotThose_NamesWhatIsMissing(string turn, string field) => Assert.Equal(
        field, ChatWire.RefusedRequest($$"""{"model":"m","messages":[{{turn}}]}""").Param);

    [Theory]
    [InlineData("""{"role":"user","odd":1}""")]
    [InlineData("""{"role":"user","content":[{"type":"text","odd":1}]}""")]
    public void Decode_FieldInTheContentsPlace_IsNotTakenForIt(string turn) => Assert.Equal(
        400, ChatWire.RefusedRequest($$"""{"model":"m","messages":[{{turn}}]}""").Status);

    [Fact]
    public void Decode_TooDeep_IsRefused()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 80)) + string.Concat(Enumerable.Repeat("]", 80));

        Assert.Equal(400, ChatWire.RefusedRequest($$"""{"model":"m","messages":[{"role":"user","content":"x"}],"x":{{deep}}}""").Status);
    }

    [Fact]
    public void Decode_InvalidUtf8_IsRefused()
    {
        byte[] body = [.. "{\"model\":\""u8, 0xFF, .. "\"}"u8];

        Assert.Equal(400, Assert.Throws<GatewayException>(() => ChatWire.Dialect.DecodeRequest(body)).Error.Status);
    }

    private static string Said(string turn) =>
        ChatWire.EncodeRequest(ChatWire.DecodeRequest($$"""{"model":"m","messages":[{{turn}}]}"""));
}
