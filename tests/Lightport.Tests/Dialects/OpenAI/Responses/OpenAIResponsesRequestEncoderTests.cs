using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

public sealed class OpenAIResponsesRequestEncoderTests
{
    private static readonly TargetTraits Thinking = TargetTraits.Default with
    {
        Thinking = ThinkingStyle.Effort,
        Efforts = ["low", "medium", "high"],
        DeveloperRole = true,
    };

    private static readonly OpaqueState Sealed = new(StateFormats.OpenAI, "enc", Redacted: true);

    [Fact]
    public void Encode_CodingAgentTurns_SaysAnItemForEachMessageThoughtCallAndResult()
    {
        ChatRequest request = ResponsesProvider.Request(
            new Message(Role.System, [new TextPart("s")]),
            new Message(Role.Developer, [new TextPart("d")]),
            new Message(Role.User, [new TextPart("look"), new ImagePart(MediaSource.FromBase64("AAAA", "image/png"))]),
            new Message(Role.Assistant,
            [
                new ReasoningPart("thought") { State = Sealed },
                new TextPart("I "),
                new TextPart("look."),
                new ToolCallPart("c1", "f", "{}"),
                new ToolCallPart("c2", "patch", "*** Begin") { Kind = ToolKind.Custom },
            ]),
            new Message(Role.System, [new TextPart("reminder")]),
            new Message(Role.Tool,
            [
                new ToolResultPart("c1", [new TextPart("boom")]) { IsError = true },
                new ToolResultPart("c2", [new TextPart("see"), new ImagePart(MediaSource.FromUrl("https://x/y.png"))]),
            ]));

        string body = ResponsesProvider.Encode(request, Thinking);

        Assert.Equal(
            """{"model":"upstream-model","input":["""
            + """{"type":"message","role":"system","content":[{"type":"input_text","text":"s"}]},"""
            + """{"type":"message","role":"developer","content":[{"type":"input_text","text":"d"}]},"""
            + """{"type":"message","role":"user","content":[{"type":"input_text","text":"look"},"""
            + """{"type":"input_image","image_url":"data:image/png;base64,AAAA","detail":"auto"}]},"""
            + """{"type":"reasoning","summary":[{"type":"summary_text","text":"thought"}],"encrypted_content":"enc"},"""
            + """{"type":"message","role":"assistant","content":"I look."},"""
            + """{"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},"""
            + """{"type":"custom_tool_call","call_id":"c2","name":"patch","input":"*** Begin"},"""
            + """{"type":"function_call_output","call_id":"c1","output":"Error: boom"},"""
            + """{"type":"custom_tool_call_output","call_id":"c2","output":[{"type":"input_text","text":"see"},"""
            + """{"type":"input_image","image_url":"https://x/y.png","detail":"auto"}]},"""
            + """{"type":"message","role":"system","content":[{"type":"input_text","text":"reminder"}]}],"""
            + "\"reasoning\":{\"summary\":\"auto\"},\"include\":[\"reasoning.encrypted_content\"],\"store\":false}",
            body);
    }

    /// <summary>It says which message was only a comment; OpenAI's models do worse where it is left out.</summary>
    [Fact]
    public void Encode_Phase_GoesBackWithItsMessage()
    {
        ChatRequest request = ResponsesWire.DecodeRequest("""
            {"model":"m","input":[{"role":"user","content":"hi"},
              {"type":"message","role":"assistant","id":"msg_a","status":"completed","phase":"commentary",
               "content":[{"type":"output_text","text":"I look.","annotations":[]}]},
              {"type":"message","role":"assistant","id":"msg_b","status":"completed","phase":"final_answer",
               "content":[{"type":"output_text","text":"Found.","annotations":[]}]},
              {"role":"user","content":"more"}]}
            """);
        var losses = new LossLedger(null, "t");

        Assert.Contains(
            """
            {"type":"message","role":"assistant","content":"I look.","phase":"commentary"},
            {"type":"message","role":"assistant","content":"Found.","phase":"final_answer"},
            """.ReplaceLineEndings(""),
            ResponsesProvider.Encode(request, losses: losses), StringComparison.Ordinal);
        Assert.Empty(losses.Dropped);
    }

    [Theory]
    [InlineData("another account", "other", "upstream-model")]
    [InlineData("another model", "openai", "older")]
    public void Encode_ReasoningThatTheTargetCannotDecrypt_IsLeftOut(string whose, string account, string model)
    {
        ChatRequest request = ResponsesProvider.Request(new Message(Role.Assistant,
            [new ReasoningPart("t") { State = Sealed with { Account = account, Model = model } }, new TextPart("x")]));

        Assert.NotEmpty(whose);
        Assert.DoesNotContain("reasoning\",\"summary", ResponsesProvider.Encode(request, Thinking), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ReasoningOfAnotherVendor_IsLeftOut()
    {
        ChatRequest request = ResponsesProvider.Request(new Message(Role.Assistant,
            [new ReasoningPart("t") { State = new OpaqueState(StateFormats.Anthropic, "sig") }, new TextPart("x")]));

        Assert.DoesNotContain("sig", ResponsesProvider.Encode(request, Thinking), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_ReasoningThatNothingFollows_IsLeftOut()
    {
        ChatRequest request = ResponsesProvider.Request(
            new Message(Role.Assistant, [new ReasoningPart("t") { State = Sealed }]),
            new Message(Role.User, [new TextPart("go on")]));

        Assert.DoesNotContain("\"enc\"", ResponsesProvider.Encode(request, Thinking), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_PlainReasoning_GoesBackWhereTheServerAsksForIt()
    {
        ChatRequest request = ResponsesProvider.Request(
            new Message(Role.Assistant, [new ReasoningPart("t"), new TextPart("x")]));

        string body = ResponsesProvider.Encode(request, Thinking with { ReasoningField = "reasoning_text" });

        Assert.Matches(
            """
            \{"type":"reasoning","id":"rs_[0-9a-f]{24}","summary":\[\],"content":\[\{"type":"reasoning_text","text":"t"\}\]\},
            """.Trim(),
            body);
    }

    [Fact]
    public void Encode_Tools_SaysAllThatTheApiDemands()
    {
        ChatRequest request = ResponsesProvider.Ask(new GenerationOptions { ParallelToolCalls = false }) with
        {
            Tools =
            [
                new ToolDefinition("f") { Description = "d" },
                new ToolDefinition("a.b")
                {
                    Strict = true,
                    Parameters = JsonElement.Parse(
                        """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}"""),
                },
                new ToolDefinition("patch")
                {
                    Kind = ToolKind.Custom,
                    Grammar = new ToolGrammar("lark", "start: x", "format"),
                },
            ],
            ToolChoice = new ToolChoice(ToolChoiceMode.Allowed, ["f", "patch"], Required: true),
        };

        string body = ResponsesProvider.Encode(request);

        Assert.Contains(
            "\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":{\"type\":\"object\",\"properties\":{}},\"strict\":false},",
            body, StringComparison.Ordinal);
        Assert.Matches("""\{"type":"function","name":"a_b_[0-9a-f]{8}","parameters":\{.+?\},"strict":true\},""", body);
        Assert.Contains(
            """{"type":"custom","name":"patch","format":{"type":"grammar","syntax":"lark","definition":"start: x"}}],"""
            + "\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},{\"type\":\"custom\",\"name\":\"patch\"}]},"
            + "\"parallel_tool_calls\":false",
            body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("f", "\"tool_choice\":{\"type\":\"function\",\"name\":\"f\"}")]
    [InlineData("patch", "\"tool_choice\":{\"type\":\"custom\",\"name\":\"patch\"}")]
    public void Encode_NamedTool_IsNamedByItsKind(string name, string expected)
    {
        ChatRequest request = ResponsesProvider.Ask(GenerationOptions.Unsaid) with
        {
            Tools = [new ToolDefinition("f"), new ToolDefinition("patch") { Kind = ToolKind.Custom }],
            ToolChoice = ToolChoice.Named(name),
        };

        Assert.Contains(expected, ResponsesProvider.Encode(request), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_Options_SaysThoseThatTheApiHas()
    {
        ChatRequest request = ResponsesProvider.Ask(new GenerationOptions
        {
            MaxOutputTokens = 300,
            Temperature = 0.5,
            TopP = 0.9,
            TopLogprobs = 2,
            Logprobs = true,
            Verbosity = "low",
            ServiceTier = "flex",
            User = "u",
            PromptCacheKey = "k",
            Metadata = JsonElement.Parse("""{"a":"b"}"""),
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema)
            {
                Name = "n",
                Schema = JsonElement.Parse("""{"type":"object"}"""),
                Strict = false,
            },
        }) with { Stream = true };

        Assert.EndsWith(
            """
            "max_output_tokens":300,"temperature":0.5,"top_p":0.9,"top_logprobs":2,
            "text":{"format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":false},"verbosity":"low"},
            "service_tier":"flex","user":"u","prompt_cache_key":"k","metadata":{"a":"b"},
            "include":["message.output_text.logprobs"],"store":false,"stream":true}
            """.ReplaceLineEndings(""),
            ResponsesProvider.Encode(request));
    }

    [Fact]
    public void Encode_WhatTheApiHasNoFieldFor_IsTold()
    {
        ChatRequest request = ResponsesProvider.Ask(new GenerationOptions
        {
            MaxOutputTokens = 1,
            MaxOutputTokensField = "max_tokens",
            Stop = ["x"],
            Seed = 1,
            TopK = 2,
            FrequencyPenalty = 1,
            PresencePenalty = 0,
            LogitBias = JsonElement.Parse("{}"),
        });
        var losses = new LossLedger(null, "t");

        string body = ResponsesProvider.Encode(request, losses: losses);

        Assert.Equal(["stop", "seed", "logit_bias", "frequency_penalty", "max_tokens", "top_k"], losses.Dropped);
        Assert.Contains("\"max_output_tokens\":16", body, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_WhatWouldChangeTheMeaning_IsRefusedByName()
    {
        Assert.Equal("n", Refused(ResponsesProvider.Ask(new GenerationOptions { ChoiceCount = 2 })));
        Assert.Equal("modalities", Refused(ResponsesProvider.Ask(new GenerationOptions { Modalities = ["text", "audio"] })));
        Assert.Equal("input_audio", Refused(ResponsesProvider.Request(
            new Message(Role.User, [new AudioPart(MediaSource.FromBase64("AA", "audio/wav"))]))));
        Assert.Equal("document.source.file_id", Refused(ResponsesProvider.Request(
            new Message(Role.User, [new FilePart(MediaSource.FromFileId("file_1"))]))));
    }

    [Theory]
    [InlineData("high", null, "\"reasoning\":{\"effort\":\"high\",\"summary\":\"auto\"}")]
    [InlineData("high", "omitted", "\"reasoning\":{\"effort\":\"high\"}")]
    [InlineData("high", "detailed", "\"reasoning\":{\"effort\":\"high\",\"summary\":\"detailed\"}")]
    public void Encode_Reasoning_AsksForASummaryUnlessItIsToBeHidden(string effort, string? display, string expected)
    {
        ChatRequest request = ResponsesProvider.Ask(
            new GenerationOptions { Reasoning = new ReasoningOptions { Effort = effort, Display = display } });

        Assert.Contains(expected, ResponsesProvider.Encode(request, Thinking), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_CacheMarks_EndAPrefixWhereTheModelKnowsThem()
    {
        ChatRequest request = ResponsesProvider.Request(
            new Message(Role.User, [new TextPart("a") { Cache = new CacheControl() }, new TextPart("b")]));
        var losses = new LossLedger(null, "t");

        string known = ResponsesProvider.Encode(request, Thinking with { CacheBreakpoints = true }, losses);

        Assert.Contains(
            """{"type":"input_text","text":"a","prompt_cache_breakpoint":{"mode":"explicit"}},{"type":"input_text","text":"b"}""",
            known, StringComparison.Ordinal);
        Assert.Empty(losses.Dropped);
        Assert.DoesNotContain("breakpoint", ResponsesProvider.Encode(request, Thinking, losses), StringComparison.Ordinal);
        Assert.Equal(["cache_control"], losses.Dropped);
    }

    [Fact]
    public void Encode_Documents_AreFilesOrTheirText()
    {
        ChatRequest request = ResponsesProvider.Request(new Message(Role.User,
        [
            new FilePart(MediaSource.FromBase64("JVBE", "application/pdf")) { Filename = "a.pdf" },
            new FilePart(MediaSource.FromUrl("https://x/b.pdf")),
            new FilePart(MediaSource.FromText("words")) { Filename = "c" },
        ]));

        Assert.Contains(
            """
            [{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
            {"type":"input_file","file_url":"https://x/b.pdf"},
            {"type":"input_text","text":"Document: c"},{"type":"input_text","text":"words"}]
            """.ReplaceLineEndings(""),
            ResponsesProvider.Encode(request), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_IdThatIsTooLong_IsTheSameShortOneInCallAndResult()
    {
        string id = new('x', 100);
        ChatRequest request = ResponsesProvider.Request(
            new Message(Role.Assistant, [new ToolCallPart(id, "f", "{}")]),
            new Message(Role.Tool, [new ToolResultPart(id, [])]));

        JsonElement input = JsonElement.Parse(ResponsesProvider.Encode(request)).GetProperty("input");

        string? said = input[0].GetProperty("call_id").GetString();
        Assert.InRange(said!.Length, 1, 64);
        Assert.Equal(said, input[1].GetProperty("call_id").GetString());
    }

    private static string? Refused(ChatRequest request) =>
        Assert.Throws<GatewayException>(() => ResponsesProvider.Encode(request)).Error.Param;
}
