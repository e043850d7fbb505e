using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Gemini;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.Google.Gemini;

public sealed class GoogleGeminiRequestDecoderTests
{
    private const string Pixel = "iVBORw0KGgo=";

    [Fact]
    public void Encode_ForTheSameDialect_SaysWhatStandsInsideMedia()
    {
        string contents = $$"""
            [{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"{{Pixel}}","displayName":"a","new":1},"own":2},
              {"fileData":{"mimeType":"video/mp4","fileUri":"https://example.com/a.mp4","new":3},"videoMetadata":{"fps":1} }]}]
            """;
        var context = new EncodingContext
        {
            Model = "m",
            Account = "google",
            Traits = TargetTraits.Default,
            Losses = new LossLedger(null, "test/target"),
        };
        var output = new ArrayBufferWriter<byte>();

        GoogleGeminiRequestEncoder.Encode(Decode($$"""{"contents":{{contents}} }"""), null, context, output);

        GeminiWire.Same(contents, JsonNode.Parse(output.WrittenSpan)!["contents"]);
        Assert.Empty(context.Losses.Dropped);
    }

    [Fact]
    public void Decode_AWholeRequest_KeepsAllOfIt()
    {
        ChatRequest request = Decode($$$"""
            {"systemInstruction":{"parts":[{"text":"Be brief."}]},
             "contents":[
               {"role":"user","parts":[{"text":"look"},{"inlineData":{"mimeType":"image/png","data":"{{{Pixel}}}"} },
                 {"fileData":{"mimeType":"application/pdf","fileUri":"https://example.com/a.pdf"} },
                 {"fileData":{"mimeType":"audio/wav","fileUri":"gs://bucket/a.wav"} }]},
               {"role":"model","parts":[{"text":"hm","thought":true,"thoughtSignature":"c2ln"},
                 {"functionCall":{"id":"c1","name":"look","args":{"q": 1.50} },"thoughtSignature":"Y2FsbA=="},
                 {"functionCall":{"name":"look","args":{} } }]},
               {"role":"user","parts":[
                 {"functionResponse":{"id":"c1","name":"look","response":{"output":"found"} } },
                 {"functionResponse":{"name":"look","response":{"error":{"why":"gone"} },
                   "parts":[{"inlineData":{"mimeType":"image/png","data":"{{{Pixel}}}"} }]} },
                 {"text":"and?"}]}],
             "tools":[{"functionDeclarations":[{"name":"look","description":"d",
                 "parameters":{"type":"OBJECT","properties":{"q":{"type":"NUMBER","nullable":true} } } }],
               "googleSearch":{} },{"codeExecution":{} }],
             "toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["look"]} },
             "generationConfig":{"temperature":0.5,"topP":0.9,"topK":40,"candidateCount":2,"maxOutputTokens":100,"seed":7,
               "stopSequences":["END"],"presencePenalty":1,"frequencyPenalty":-1,"responseLogprobs":true,"logprobs":3,
               "responseMimeType":"application/json","responseJsonSchema":{"type":"object"},"responseModalities":["TEXT"],
               "thinkingConfig":{"thinkingBudget":2048,"includeThoughts":true},"speechConfig":{} },
             "serviceTier":"standard","safetySettings":[],"cachedContent":"cachedContents/x","labels":{"a":"b"} }
            """);

        Assert.Equal((DialectIds.GoogleGemini, "m", true), (request.Dialect, request.Model, request.IncludeUsage));
        Assert.Equal(
            [Role.System, Role.User, Role.Assistant, Role.Tool, Role.User],
            request.Messages.Select(message => message.Role));
        Assert.Equal(Pixel, Assert.IsType<ImagePart>(request.Messages[1].Parts[1]).Source.Base64);
        Assert.Equal("https://example.com/a.pdf", Assert.IsType<FilePart>(request.Messages[1].Parts[2]).Source.Url);
        Assert.Equal("gs://bucket/a.wav", Assert.IsType<AudioPart>(request.Messages[1].Parts[3]).Source.FileId);
        var thought = Assert.IsType<ReasoningPart>(request.Messages[2].Parts[0]);
        Assert.Equal(("hm", "c2ln"), (thought.Text, thought.State!.Data));
        var call = Assert.IsType<ToolCallPart>(request.Messages[2].Parts[1]);
        Assert.Equal(("c1", """{"q": 1.50}""", "Y2FsbA=="), (call.CallId, call.Arguments, call.State!.Data));
        var unnamed = Assert.IsType<ToolCallPart>(request.Messages[2].Parts[2]);
        ToolResultPart[] results = [.. request.Messages[3].Parts.Cast<ToolResultPart>()];
        Assert.Equal(["c1", unnamed.CallId], results.Select(result => result.CallId));
        Assert.Equal("found", Assert.IsType<TextPart>(Assert.Single(results[0].Parts)).Text);
        Assert.True(results[1].IsError);
        Assert.Equal("""{"why":"gone"}""", Assert.IsType<TextPart>(results[1].Parts[0]).Text);
        Assert.IsType<ImagePart>(results[1].Parts[1]);
        Assert.Equal(["look", "googleSearch", "codeExecution"], request.Tools.Select(tool => tool.Name));
        Assert.Equal(
            """{"type":"object","properties":{"q":{"type":["number","null"]}}}""",
            request.Tools[0].Parameters!.Value.GetRawText());
        Assert.Equal("""{"googleSearch":{}}""", request.Tools[1].Native!.Value.GetRawText());
        Assert.Equal(ToolChoiceMode.Named, request.ToolChoice!.Mode);
        GenerationOptions options = request.Options;
        Assert.Equal((0.5, 0.9, 40, 2), (options.Temperature, options.TopP, options.TopK, options.ChoiceCount));
        Assert.Equal((100, 7L, 1.0, -1.0), (
            options.MaxOutputTokens, options.Seed, options.PresencePenalty, options.FrequencyPenalty));
        Assert.Equal((true, 3, "default"), (options.Logprobs, options.TopLogprobs, options.ServiceTier));
        Assert.Equal(ResponseFormatKind.JsonSchema, options.ResponseFormat!.Kind);
        Assert.Equal((true, 2048), (options.Reasoning!.Enabled, options.Reasoning.BudgetTokens));
        Assert.Equal(
            ["safetySettings", "labels", "cachedContent", "generationConfig.speechConfig"],
            request.Extensions.Select(extension => extension.Name));
        Assert.True(request.Extensions[2].ChangesMeaning);
    }

    [Fact]
    public void Decode_NamesOfTheProtoFileAndListsOfOne_AreTheSame()
    {
        ChatRequest request = Decode("""
            {"system_instruction":{"parts":{"text":"Be brief."}},
             "contents":{"parts":[{"text":"hi"},{"inline_data":{"mime_type":"image/png","data":"-_8"}}]},
             "tools":{"function_declarations":{"name":"f","parameters_json_schema":{"type":"object"}}},
             "tool_config":{"function_calling_config":{"mode":"none"}},
             "generation_config":{"max_output_tokens":5,"response_mime_type":"application/json",
               "thinking_config":{"thinking_level":"low"}}}
            """);

        Assert.Equal([Role.System, Role.User], request.Messages.Select(message => message.Role));
        Assert.Equal("+/8=", Assert.IsType<ImagePart>(request.Messages[1].Parts[1]).Source.Base64);
        Assert.Equal("f", Assert.Single(request.Tools).Name);
        Assert.Equal(ToolChoiceMode.None, request.ToolChoice!.Mode);
        Assert.Equal(5, request.Options.MaxOutputTokens);
        Assert.Equal(ResponseFormatKind.JsonObject, request.Options.ResponseFormat!.Kind);
        Assert.Equal(("low", "omitted"), (request.Options.Reasoning!.Effort, request.Options.Reasoning.Display));
        Assert.Empty(request.Extensions);
    }

    /// <summary>Clients keep a streamed answer chunk by chunk, and send it back so.</summary>
    [Fact]
    public void Decode_AnAnswerInPieces_IsOneTurnAgain()
    {
        string envelope = Slot(new OpaqueState(StateFormats.Anthropic, "sig") { Account = "a", Model = "m" });
        ChatRequest request = Decode($$$"""
            {"contents":[{"role":"user","parts":[{"text":"hi"}]},
             {"role":"model","parts":[{"text":"I th","thought":true}]},
             {"role":"model","parts":[{"text":"ink","thought":true}]},
             {"role":"model","parts":[{"text":"","thought":true,"thoughtSignature":"{{{envelope}}}"}]},
             {"role":"model","parts":[{"text":"Hel"}]},
             {"role":"model","parts":[{"text":"lo"}]},
             {"role":"model","parts":[{"text":"","thoughtSignature":"b3du"}]},
             {"role":"model","parts":[{"functionCall":{"name":"f"}}]},
             {"role":"model","parts":[{"text":""}]},
             {"role":"user","parts":[{"functionResponse":{"name":"f","response":{"a":1} } }]}]}
            """);

        Assert.Equal(3, request.Messages.Count);
        IReadOnlyList<ContentPart> parts = request.Messages[1].Parts;
        Assert.Equal(3, parts.Count);
        Assert.Equal("I think", Assert.IsType<ReasoningPart>(parts[0]).Text);
        Assert.Equal((StateFormats.Anthropic, "sig", "a", "m"), (
            parts[0].State!.Format, parts[0].State!.Data, parts[0].State!.Account, parts[0].State!.Model));
        Assert.Equal(("Hello", "b3du"), (Assert.IsType<TextPart>(parts[1]).Text, parts[1].State!.Data));
        Assert.IsType<ToolCallPart>(parts[2]);
        Assert.Equal("""{"a":1}""", Text(request.Messages[2].Parts[0]));
    }

    /// <summary>Another vendor's state on words or on a call is of thinking that was not shown.</summary>
    [Fact]
    public void Decode_StateOfThinkingThatWasNotShown_IsThinkingAgain()
    {
        string envelope = Slot(new OpaqueState(StateFormats.Anthropic, "sig"));
        ChatRequest request = Decode($$"""
            {"contents":[{"role":"user","parts":[{"text":"hi"}]},
             {"role":"model","parts":[{"text":"Hel","thoughtSignature":"{{envelope}}"},{"text":"lo"},
               {"functionCall":{"name":"f"},"thoughtSignature":"{{envelope}}"}]}]}
            """);

        IReadOnlyList<ContentPart> parts = request.Messages[1].Parts;
        Assert.Equal(4, parts.Count);
        Assert.Equal(("", "sig"), (Assert.IsType<ReasoningPart>(parts[0]).Text, parts[0].State!.Data));
        Assert.Equal(("Hello", null), (Assert.IsType<TextPart>(parts[1]).Text, parts[1].State));
        Assert.Equal("sig", Assert.IsType<ReasoningPart>(parts[2]).State!.Data);
        Assert.Null(Assert.IsType<ToolCallPart>(parts[3]).State);
    }

    /// <summary>The type of a signature is bytes: some clients decode it and encode it anew, in base64url.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Signature_ThroughAClientOfBytes_ComesBack(bool urlSafe)
    {
        var state = new OpaqueState(StateFormats.Anthropic, "ÿ>?sig+/==") { Account = "anthropic", Model = "claude-x" };
        string slot = GoogleGeminiSignature.Write(state);
        byte[] bytes = Convert.FromBase64String(slot);
        string again = Convert.ToBase64String(bytes);

        OpaqueState read = GoogleGeminiSignature.Read(
            urlSafe ? again.Replace('+', '-').Replace('/', '_').TrimEnd('=') : again);

        Assert.Equal(state, read);
        Assert.True(GoogleGeminiSignature.IsEnvelope(slot));
        Assert.Equal("bHAx", GoogleGeminiSignature.Read("bHAx").Data);
    }

    [Theory]
    [InlineData("""{"contents":[]}""", "contents")]
    [InlineData("""{"contents":[{"role":"user","parts":[{}]}]}""", "contents[0].parts[0]")]
    [InlineData("""{"contents":[{"role":"user","parts":["hi"]}]}""", "contents[0].parts[0]")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"hologram":{}}]}]}""", "contents[0].parts[0]")]
    [InlineData(
        """{"contents":[{"role":"user","parts":[{"text":"a","inlineData":{"mimeType":"image/png","data":"AA=="}}]}]}""",
        "contents[0].parts[0]")]
    [InlineData("""{"contents":[{"role":"system","parts":[{"text":"a"}]}]}""", "contents[0].role")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":7}]}]}""", "contents[0].parts[0].text")]
    [InlineData(
        """{"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"no base64!"}}]}]}""",
        "contents[0].parts[0].inlineData.data")]
    [InlineData(
        """{"contents":[{"parts":[{"inlineData":{"data":"AA=="}}]}]}""", "contents[0].parts[0].inlineData.mimeType")]
    [InlineData("""{"contents":[{"parts":[{"functionCall":{"name":"f"}}]}]}""", "contents[0].parts[0]")]
    [InlineData("""{"contents":[{"parts":[{"text":"a","thought":true}]}]}""", "contents[0].parts[0]")]
    [InlineData(
        """{"contents":[{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]}""",
        "contents[0].parts[0].functionResponse")]
    [InlineData(
        """
        {"contents":[{"role":"model","parts":[{"functionCall":{"id":"1","name":"f"}}]},
         {"parts":[{"functionResponse":{"id":"1","name":"f"}},{"functionResponse":{"name":"f"}}]}]}
        """,
        "contents[1].parts[1].functionResponse")]
    [InlineData(
        """{"contents":[{"role":"model","parts":[{"functionResponse":{"name":"f"}}]}]}""", "contents[0].parts[0]")]
    [InlineData(
        """{"contents":[{"parts":[{"text":"a"}]}],"toolConfig":{"functionCallingConfig":{"mode":"MAYBE"}}}""",
        "toolConfig.functionCallingConfig.mode")]
    [InlineData(
        """{"contents":[{"parts":[{"text":"a"}]}],"tools":[{"functionDeclarations":[{}]}]}""",
        "tools[0].functionDeclarations[0].name")]
    [InlineData(
        """{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"maxOutputTokens":0}}""",
        "generationConfig.maxOutputTokens")]
    [InlineData(
        """{"contents":[{"parts":[{"text":"a"}]}],"generation_config":{"top_k":"many"}}""", "generation_config.top_k")]
    public void Decode_WhatIsUnsound_NamesTheField(string body, string field)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Decode(body)).Error;

        Assert.Equal((400, field), (error.Status, error.Param));
    }

    /// <summary>Its route may have the tools.</summary>
    [Fact]
    public void Decode_AChoiceOfWhatIsNotSent_SaysWhatItsClientIsToldWhereNobodyPutsItIn() => Assert.Equal(
        "toolConfig.functionCallingConfig",
        Decode("""{"contents":[{"parts":[{"text":"a"}]}],"toolConfig":{"functionCallingConfig":{"mode":"ANY"}}}""")
            .ToolChoice!.Unmet!.Param);

    [Theory]
    [InlineData("""{"type":"STRING","enum":["a"],"nullable":true}""", """{"type":["string","null"],"enum":["a",null]}""")]
    [InlineData("""{"type":"ARRAY","items":{"type":"INTEGER"},"minItems":"1","max_items":3}""",
        """{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":3}""")]
    [InlineData("""{"anyOf":[{"type":"STRING"}],"nullable":true}""",
        """{"anyOf":[{"type":"string"},{"type":"null"}]}""")]
    [InlineData(
        """{"type":"OBJECT","properties":{"a":{"type":"TYPE_UNSPECIFIED"},"b":{"type":"BOOLEAN"}},"propertyOrdering":["b"],"required":["a"]}""",
        """{"type":"object","properties":{"b":{"type":"boolean"},"a":{}},"required":["a"]}""")]
    public void Schema_OfGoogles_IsJsonSchema(string given, string expected) => Assert.Equal(
        expected,
        Decode($$$"""{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"responseSchema":{{{given}}} } }""")
            .Options.ResponseFormat!.Schema!.Value.GetRawText());

    [Theory]
    [InlineData("""{"thinkingBudget":0}""", false, null, false)]
    [InlineData("""{"thinkingBudget":-1}""", true, null, true)]
    [InlineData("""{"thinkingLevel":"HIGH"}""", true, "high", false)]
    public void Thinking_IsReadInBothWays(string config, bool enabled, string? effort, bool adaptive)
    {
        ReasoningOptions reasoning = Decode(
            $$$"""{"contents":[{"parts":[{"text":"a"}]}],"generationConfig":{"thinkingConfig":{{{config}}} } }""")
            .Options.Reasoning!;

        Assert.Equal((enabled, effort, adaptive), (reasoning.Enabled, reasoning.Effort, reasoning.Adaptive));
    }

    private static ChatRequest Decode(string body) => GoogleGeminiRequestDecoder.Decode(
        JsonEnvelope.Read(Encoding.UTF8.GetBytes(body)), "m", stream: false, CancellationToken.None);

    private static string Slot(OpaqueState state) => GoogleGeminiSignature.Write(state);

    private static string Text(ContentPart part) =>
        Assert.IsType<TextPart>(Assert.Single(Assert.IsType<ToolResultPart>(part).Parts)).Text;
}
