using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

public sealed class AnthropicMessagesRequestEncoderTests
{
    private static readonly TargetTraits Budget = new() { Thinking = ThinkingStyle.Budget };
    private static readonly TargetTraits Adaptive = new() { Thinking = ThinkingStyle.Adaptive };
    private static readonly TargetTraits NoSchema = new() { StructuredOutput = false };

    [Fact]
    public void EncodeRequest_ChatConversation_BecomesTurnsThatTheApiTakes()
    {
        JsonObject body = Wire.Encode(
            Wire.Chat(
                new Message(Role.System, [new TextPart("one") { Cache = new CacheControl() }]),
                new Message(Role.Developer, [new TextPart("two")]),
                Wire.User("first"),
                Wire.User("second"),
                new Message(Role.Assistant,
                [
                    new TextPart("let me look"),
                    new TextPart(""),
                    new ToolCallPart("call:1", "f", """{"a":1}"""),
                    new ToolCallPart("call_2", "g", ""),
                ]),
                new Message(Role.System, [new TextPart("Be quick.")]),
                new Message(Role.Tool, [new ToolResultPart("call_2", [new TextPart("late")]) { IsError = true }]),
                new Message(Role.Tool, [new ToolResultPart("call:1", [])]),
                Wire.User("go on")),
            null,
            out EncodingContext context);

        Wire.Same(
            """
            {"model":"m","max_tokens":4096,
             "system":[{"type":"text","text":"one","cache_control":{"type":"ephemeral"}},{"type":"text","text":"two"}],
             "messages":[
               {"role":"user","content":[{"type":"text","text":"first"},{"type":"text","text":"second"}]},
               {"role":"assistant","content":[{"type":"text","text":"let me look"},
                 {"type":"tool_use","id":"call_1","name":"f","input":{"a":1}},
                 {"type":"tool_use","id":"call_2","name":"g","input":{}}]},
               {"role":"user","content":[
                 {"type":"tool_result","tool_use_id":"call_2","content":[{"type":"text","text":"late"}],"is_error":true},
                 {"type":"tool_result","tool_use_id":"call_1"},
                 {"type":"text","text":"<system-reminder>\nBe quick.\n</system-reminder>"},
                 {"type":"text","text":"go on"}]}]}
            """,
            body);
        Assert.Equal("2023-06-01", context.Headers["anthropic-version"]);
        Assert.Empty(context.Losses.Dropped);
    }

    /// <summary>"all content must be type `text` if `is_error` is true"</summary>
    [Fact]
    public void EncodeRequest_FailedResultWithAPicture_IsText_AndThePictureStandsBehindAllResults()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            Wire.User("q"),
            new Message(Role.Assistant, [new ToolCallPart("a", "f", "{}"), new ToolCallPart("b", "f", "{}")]),
            new Message(
                Role.Tool,
                [
                    new ToolResultPart("a", [new TextPart("no"), new ImagePart(MediaSource.FromUrl("https://a.example/b.png"))])
                    {
                        IsError = true,
                    },
                ]),
            new Message(Role.Tool, [new ToolResultPart("b", [new TextPart("yes")])])));

        Wire.Same(
            """
            [{"type":"tool_result","tool_use_id":"a","content":[{"type":"text","text":"no"}],"is_error":true},
             {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"yes"}]},
             {"type":"text","text":"What else came of the failed tool call (a):"},
             {"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}]
            """,
            body["messages"]![2]!["content"]);
    }

    [Fact]
    public void EncodeRequest_ToolResultWithoutItsCall_IsToldAsText()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            new Message(Role.Tool, [new ToolResultPart("call_9", [new TextPart("42")])])));

        Wire.Same(
            """
            [{"role":"user","content":[{"type":"text","text":"Result of an earlier tool call (call_9):"},
              {"type":"text","text":"42"}]}]
            """,
            body["messages"]);
    }

    [Fact]
    public void EncodeRequest_OnlyASystemPrompt_GetsATurn()
    {
        JsonObject body = Wire.Encode(Wire.Chat(new Message(Role.System, [new TextPart("s")])));

        Wire.Same("""[{"role":"user","content":[{"type":"text","text":"."}]}]""", body["messages"]);
    }

    [Fact]
    public void EncodeRequest_SystemTurnWithAForeignField_IsStillTheSystemPrompt()
    {
        JsonElement id = JsonElement.Parse("\"msg_1\"");
        JsonObject body = Wire.Encode(
            Wire.Chat(
                new Message(Role.System, [new TextPart("s")]) { Extensions = [new Extension("id", id)] },
                Wire.User("go")),
            null,
            out EncodingContext context);

        Wire.Same("""[{"type":"text","text":"s"}]""", body["system"]);
        Assert.Equal(["messages[].id"], context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_ImageInASystemTurn_IsKept()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            new Message(Role.System, [new TextPart("See:"), new ImagePart(MediaSource.FromUrl("https://x/a.png"))])));

        Wire.Same(
            """
            [{"role":"user","content":[{"type":"text","text":"<system-reminder>\nSee:\n</system-reminder>"},
              {"type":"image","source":{"type":"url","url":"https://x/a.png"}}]}]
            """,
            body["messages"]);
    }

    [Fact]
    public void EncodeRequest_PrefilledAnswer_LosesItsTrailingSpace()
    {
        JsonObject body = Wire.Encode(Wire.Chat(Wire.User("q"), new Message(Role.Assistant, [new TextPart("The answer: \n")])));

        Assert.Equal("The answer:", (string?)body["messages"]![1]!["content"]![0]!["text"]);
    }

    [Theory]
    [InlineData("not json", """{"input":"not json"}""")]
    [InlineData("[1]", """{"input":"[1]"}""")]
    [InlineData("{\"a\":", """{"input":"{\"a\":"}""")]
    [InlineData(" null ", "{}")]
    public void EncodeRequest_ArgumentsThatAreNoObject_AreNotTakenForEmpty(string arguments, string input)
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            Wire.User("q"),
            new Message(Role.Assistant, [new ToolCallPart("c", "f", arguments)]),
            new Message(Role.Tool, [new ToolResultPart("c", [])])));

        Wire.Same(input, body["messages"]![1]!["content"]![0]!["input"]);
    }

    [Fact]
    public void EncodeRequest_IdsThatCollideOnceCleaned_StayApart()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            Wire.User("q"),
            new Message(Role.Assistant, [new ToolCallPart("a.b", "f", "{}"), new ToolCallPart("a:b", "f", "{}")]),
            new Message(Role.Tool, [new ToolResultPart("a:b", []), new ToolResultPart("a.b", [])])));

        Assert.Equal("a_b", (string?)body["messages"]![1]!["content"]![0]!["id"]);
        Assert.Equal("a_b_2", (string?)body["messages"]![1]!["content"]![1]!["id"]);
        Assert.Equal("a_b_2", (string?)body["messages"]![2]!["content"]![0]!["tool_use_id"]);
    }

    [Fact]
    public void EncodeRequest_Media_IsToldAsTheApiTakesIt()
    {
        JsonObject body = Wire.Encode(Wire.Chat(new Message(Role.User,
        [
            new ImagePart(Source("https://a/b.png")),
            new ImagePart(Source("data:image/jpg;charset=x;base64,/9j/4AA")),
            new ImagePart(MediaSource.FromBase64("iVBORw0KGgo=", null)),
            new FilePart(MediaSource.FromBase64("JVBERi0=", null)) { Filename = "a.pdf" },
            new FilePart(MediaSource.FromBase64("aGVsbG8=", "text/markdown")),
        ])));

        Wire.Same(
            """
            [{"type":"image","source":{"type":"url","url":"https://a/b.png"}},
             {"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"/9j/4AA"}},
             {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}},
             {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"a.pdf"},
             {"type":"document","source":{"type":"text","media_type":"text/plain","data":"hello"}}]
            """,
            body["messages"]![0]!["content"]);
    }

    [Fact]
    public void EncodeRequest_Audio_IsRefusedByName()
    {
        GatewayError error = Assert.Throws<GatewayException>(() => Wire.Encode(Wire.Chat(
            Wire.User("q"), new Message(Role.User, [new AudioPart(MediaSource.FromBase64("AA", "audio/wav"))])))).Error;

        Assert.Equal("messages[1].input_audio", error.Param);

        AudioPart spoken = new(MediaSource.FromFileId("audio_1")) { Id = "audio_1" };
        error = Assert.Throws<GatewayException>(() =>
            Wire.Encode(Wire.Chat(Wire.User("q"), new Message(Role.Assistant, [spoken])))).Error;

        Assert.Equal("messages[1].audio", error.Param);
    }

    [Fact]
    public void EncodeRequest_KnobsWithoutAWord_AreDroppedAndNamed()
    {
        using JsonDocument map = JsonDocument.Parse("""{"1":2}""");
        Wire.Encode(
            Wire.Chat(
                new GenerationOptions
                {
                    Seed = 1, FrequencyPenalty = 1, PresencePenalty = 0, Logprobs = true, TopLogprobs = 2, Verbosity = "low",
                    PromptCacheKey = "k", LogitBias = map.RootElement, Metadata = map.RootElement, ServiceTier = "flex",
                    Temperature = 1.7, Stop = ["\n", "END"],
                },
                Wire.User("q")),
            null,
            out EncodingContext context);

        Assert.Equal(
            ["seed", "frequency_penalty", "logprobs", "top_logprobs", "logit_bias", "verbosity", "prompt_cache_key", "metadata",
                "temperature", "stop", "service_tier"],
            context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_SeveralAnswers_AreRefused()
    {
        Assert.Equal("n", Assert.Throws<GatewayException>(
            () => Wire.Encode(Wire.Chat(new GenerationOptions { ChoiceCount = 2 }, Wire.User("q")))).Error.Param);
    }

    [Fact]
    public void EncodeRequest_Sampling_KeepsWithinTheModel()
    {
        var options = new GenerationOptions { Temperature = 0.5, TopP = 0.9, TopK = 5, Stop = ["END"], MaxOutputTokens = 9 };
        JsonObject body = Wire.Encode(Wire.Chat(options, Wire.User("q")), null, out EncodingContext context);
        Assert.Equal((0.5, 5, 9), ((double)body["temperature"]!, (int)body["top_k"]!, (int)body["max_tokens"]!));
        Wire.Same("""["END"]""", body["stop_sequences"]);
        Assert.Equal(["top_p"], context.Losses.Dropped);

        body = Wire.Encode(Wire.Chat(options, Wire.User("q")), new TargetTraits { Sampling = false }, out context);
        Assert.False(body.ContainsKey("temperature") || body.ContainsKey("top_p") || body.ContainsKey("top_k"));
        Assert.Equal(["temperature", "top_p", "top_k"], context.Losses.Dropped);
    }

    [Theory]
    [InlineData("low", null, 2048, 6144)]
    [InlineData("medium", null, 8192, 12288)]
    [InlineData("high", null, 24576, 28672)]
    [InlineData("high", 4000, 3000, 4000)]
    public void EncodeRequest_EffortForABudgetModel_FitsBelowTheLimit(string effort, int? max, int budget, int limit)
    {
        JsonObject body = Wire.Encode(
            Wire.Chat(
                new GenerationOptions
                {
                    Reasoning = new ReasoningOptions { Effort = effort }, MaxOutputTokens = max, Temperature = 0.3,
                },
                Wire.User("q")),
            Budget,
            out EncodingContext context);

        Wire.Same($$"""{"type":"enabled","budget_tokens":{{budget}}}""", body["thinking"]);
        Assert.Equal(limit, (int)body["max_tokens"]!);
        Assert.False(body.ContainsKey("temperature"));
        Assert.Equal(["temperature"], context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_LimitTooSmallToThink_LeavesThinkingOut()
    {
        JsonObject body = Wire.Encode(
            Wire.Chat(
                new GenerationOptions { Reasoning = new ReasoningOptions { Effort = "high" }, MaxOutputTokens = 500 },
                Wire.User("q")),
            Budget,
            out EncodingContext context);

        Assert.Null(body["thinking"]);
        Assert.Equal(500, (int)body["max_tokens"]!);
        Assert.Equal(["reasoning_effort"], context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_EffortForOtherModels_IsSaidInTheirWay()
    {
        var effort = new GenerationOptions { Reasoning = new ReasoningOptions { Effort = "minimal" } };
        JsonObject body = Wire.Encode(Wire.Chat(effort, Wire.User("q")), Adaptive);
        Wire.Same("""{"type":"adaptive","display":"summarized"}""", body["thinking"]);
        Wire.Same("""{"effort":"low"}""", body["output_config"]);

        body = Wire.Encode(Wire.Chat(effort, Wire.User("q")));
        Assert.Null(body["thinking"]);
        Wire.Same("""{"effort":"low"}""", body["output_config"]);

        Wire.Encode(Wire.Chat(effort, Wire.User("q")), new() { Thinking = ThinkingStyle.None }, out EncodingContext context);
        Assert.Equal(["reasoning_effort"], context.Losses.Dropped);

        var none = new GenerationOptions { Reasoning = new ReasoningOptions { Effort = "none" } };
        Assert.Null(Wire.Encode(Wire.Chat(none, Wire.User("q")), Budget)["thinking"]);
    }

    [Fact]
    public void EncodeRequest_ToolLoopWhoseThinkingWasLost_GoesOnWithoutThinking()
    {
        ChatRequest Loop(ContentPart first) => Wire.Chat(
            new GenerationOptions { Reasoning = new ReasoningOptions { Effort = "low" } },
            Wire.User("q"),
            new Message(Role.Assistant, [first, new ToolCallPart("c", "f", "{}")]),
            new Message(Role.Tool, [new ToolResultPart("c", [])]));

        JsonObject lost = Wire.Encode(Loop(new ReasoningPart("hm")), Budget, out EncodingContext context);
        Assert.Null(lost["thinking"]);
        Assert.Equal(["reasoning_effort"], context.Losses.Dropped);

        var signed = new ReasoningPart("hm") { State = new OpaqueState(StateFormats.Anthropic, "sig") };
        JsonObject kept = Wire.Encode(Loop(signed), Budget, out context);
        Assert.NotNull(kept["thinking"]);
        Wire.Same("""{"type":"thinking","thinking":"hm","signature":"sig"}""", kept["messages"]![1]!["content"]![0]);
    }

    [Fact]
    public void EncodeRequest_ForeignOrUnsignedThinking_IsLeftOut()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            Wire.User("q"),
            new Message(Role.Assistant,
            [
                new ReasoningPart("a"),
                new ReasoningPart("b") { State = new OpaqueState(StateFormats.OpenAI, "enc") },
                new ReasoningPart("") { State = new OpaqueState(StateFormats.Anthropic, "red", Redacted: true) },
                new TextPart("t"),
            ]),
            Wire.User("r")));

        Wire.Same(
            """[{"type":"redacted_thinking","data":"red"},{"type":"text","text":"t"}]""", body["messages"]![1]!["content"]);
    }

    [Fact]
    public void EncodeRequest_ForcedTool_RulesOutThinking()
    {
        ChatRequest request = new()
        {
            Model = "m", Dialect = DialectIds.OpenAIChat, Messages = [Wire.User("q")],
            Tools = [new ToolDefinition("f")], ToolChoice = ToolChoice.Named("f"),
            Options = new GenerationOptions { Reasoning = new ReasoningOptions { Effort = "high" }, ParallelToolCalls = false },
        };

        JsonObject body = Wire.Encode(request, Budget, out EncodingContext context);

        Assert.Null(body["thinking"]);
        Wire.Same("""{"type":"tool","name":"f","disable_parallel_tool_use":true}""", body["tool_choice"]);
        Wire.Same("""[{"name":"f","input_schema":{"type":"object","properties":{}}}]""", body["tools"]);
        Assert.Equal(["reasoning_effort"], context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_Tools_KeepTheirWholeSchema()
    {
        const string Schema = """
            {"type":"object","properties":{"n":{"anyOf":[{"$ref":"#/$defs/N"},{"type":"null"}]}},
             "$defs":{"N":{"type":"object","properties":{"next":{"type":"string"}},"additionalProperties":false}},
             "additionalProperties":false}
            """;
        ChatRequest request = new()
        {
            Model = "m", Dialect = DialectIds.OpenAIChat, Messages = [Wire.User("q")],
            Tools =
            [
                new ToolDefinition("f") { Description = "d", Parameters = JsonElement.Parse(Schema), Strict = true },
                new ToolDefinition("patch") { Kind = ToolKind.Custom },
                new ToolDefinition("other") { Parameters = JsonElement.Parse("""{"properties":{}}""") },
            ],
            ToolChoice = new ToolChoice(ToolChoiceMode.Allowed, ["f", "patch"], Required: true),
        };

        JsonObject body = Wire.Encode(request);

        Wire.Same(
            $$$"""
            [{"name":"f","description":"d","input_schema":{{{Schema}}},"strict":true},
             {"name":"patch","input_schema":{"type":"object","properties":{"input":{"type":"string"}},"required":["input"],
              "additionalProperties":false}}]
            """,
            body["tools"]);
        Wire.Same("""{"type":"any"}""", body["tool_choice"]);
    }

    [Fact]
    public void EncodeRequest_SchemaForTheAnswer_IsRewrittenOnlyAsFarAsNeeded()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            new GenerationOptions
            {
                ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema)
                {
                    Name = "n",
                    Schema = JsonElement.Parse("""
                        {"type":"object","properties":{"a":{"type":"integer","minimum":1,"description":"count"},
                          "b":{"oneOf":[{"type":"string","format":"date"},{"type":"string","format":"color"}]}},"required":["a"]}
                        """),
                },
            },
            Wire.User("q")));

        Wire.Same(
            """
            {"format":{"type":"json_schema","schema":{"type":"object","properties":{
              "a":{"type":"integer","description":"count\n\n{minimum: 1}"},
              "b":{"anyOf":[{"type":"string","format":"date"},{"type":"string","description":"{format: \"color\"}"}]}},
              "required":["a"],"additionalProperties":false}}}
            """,
            body["output_config"]);
    }

    [Fact]
    public void EncodeRequest_ModelWithoutSchemas_IsMadeToCallTheReservedTool()
    {
        var options = new GenerationOptions
        {
            ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonSchema)
            {
                Schema = JsonElement.Parse("""{"type":"object","properties":{}}"""),
            },
        };

        JsonObject body = Wire.Encode(Wire.Chat(options, Wire.User("q")), NoSchema);
        Wire.Same("""{"type":"tool","name":"lightport_structured_output"}""", body["tool_choice"]);
        Assert.Equal("lightport_structured_output", (string?)body["tools"]![0]!["name"]);

        options = options with { Reasoning = new ReasoningOptions { Effort = "low" } };
        body = Wire.Encode(Wire.Chat(options, Wire.User("q")), NoSchema with { Thinking = ThinkingStyle.Budget });
        Wire.Same("""{"type":"auto"}""", body["tool_choice"]);
        Assert.NotNull(body["thinking"]);
        Assert.Contains("lightport_structured_output", (string?)body["system"]![0]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeRequest_AnyJsonObject_IsAskedForInWords()
    {
        JsonObject body = Wire.Encode(Wire.Chat(
            new GenerationOptions { ResponseFormat = new ResponseFormat(ResponseFormatKind.JsonObject) },
            new Message(Role.System, [new TextPart("s")]),
            Wire.User("q")));

        Assert.Equal(2, body["system"]!.AsArray().Count);
        Assert.Contains("JSON object", (string?)body["system"]![1]!["text"], StringComparison.Ordinal);
    }

    [Fact]
    public void EncodeRequest_OwnDialect_WritesExtensionsAndSystemTurnsThrough()
    {
        const string Body = """
            {"model":"m","max_tokens":32000,"system":[{"type":"text","text":"s"}],
             "messages":[{"role":"user","content":[{"type":"text","text":"q"}]},
               {"role":"system","content":[],"output_config":{"effort":"low"}},
               {"role":"assistant","content":[{"type":"text","text":"a"}]},
               {"role":"user","content":[{"type":"text","text":"r"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo=","new":1},"own":2},
                 {"type":"document","source":{"type":"url","url":"https://x.example/a.pdf","new":3},
                  "citations":{"enabled":true,"new":4}},
                 {"type":"document","source":{"type":"content","content":[{"type":"text","text":"c"}],"new":5}}]},
               {"role":"system","content":[{"type":"text","text":"Be brief."}]}],
             "tools":[{"name":"f","input_schema":{"type":"object"},"input_examples":[{"a":1}]},
                      {"type":"web_search_20250305","name":"web_search"},
                      {"type":"mcp_toolset","mcp_server_name":"x"}],
             "thinking":{"type":"enabled","budget_tokens":31999,"display":"omitted"},
             "output_config":{"effort":"high","task_budget":{"total":1}},
             "metadata":{"user_id":"u"},
             "context_management":{"edits":[]},"container":"c","mcp_servers":[{"type":"url","url":"https://x.example","name":"x"}]}
            """;

        JsonObject body = Wire.Encode(Wire.DecodeRequest(Body), null, out EncodingContext context);

        Wire.Same(Body, body);
        Assert.Empty(context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_ForeignExtensions_AreDroppedAndNamed()
    {
        ChatRequest request = new()
        {
            Model = "m", Dialect = DialectIds.OpenAIChat, Messages = [Wire.User("q")],
            Extensions = [new Extension("prediction", JsonElement.Parse("{}"))],
        };

        Wire.Encode(request, null, out EncodingContext context);

        Assert.Equal(["prediction"], context.Losses.Dropped);
    }

    [Fact]
    public void EncodeRequest_MoreThanTheModelCanSay_IsHeldToItsLimit()
    {
        JsonObject body = Wire.Encode(
            Wire.Chat(new GenerationOptions { MaxOutputTokens = 128000 }, Wire.User("q")),
            new TargetTraits { MaxOutputTokens = 8192 },
            out EncodingContext context);

        Assert.Equal(8192, (int)body["max_tokens"]!);
        Assert.Equal(["max_tokens"], context.Losses.Dropped);
    }

    private static MediaSource Source(string address) =>
        MediaSource.TryFromAddress(address, out MediaSource? source, out string? problem)
            ? source
            : throw new ArgumentException(problem, nameof(address));
}
