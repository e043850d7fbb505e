using Lightport.Conversation;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Answers of Gemini, whole and streamed: the traps that gateways fall into, and what each answer says.</summary>
public sealed class GoogleGeminiStreamTests
{
    private const string Stop = ",\"finishReason\":\"STOP\"";

    /// <summary>What a whole answer breaks into, and what it says in one.</summary>
    public static TheoryData<string, string[]> Answers => new()
    {
        { "text", ["{\"text\":\"Gr\"}", "{\"text\":\"üße 😀\"}"] },
        { "thinking", ["{\"text\":\"hm\",\"thought\":true}", "{\"text\":\"m\",\"thought\":true}", "{\"text\":\"a\"}"] },
        { "a call after text", ["{\"text\":\"a\"}", "{\"functionCall\":{\"name\":\"f\",\"args\":{\"x\":[1, 2]}}}"] },
        { "a call after an empty signature", ["{\"text\":\"a\"}", "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}", "{\"functionCall\":{\"name\":\"f\"}}"] },
        { "calls in chunks of their own", ["{\"functionCall\":{\"name\":\"f\",\"args\":{}},\"thoughtSignature\":\"c2ln\"}", "{\"functionCall\":{\"name\":\"g\",\"args\":{}}}", "{\"functionCall\":{\"id\":\"k\",\"name\":\"h\",\"args\":{}}}"] },
        { "a signature at the end", ["{\"text\":\"a\"}", "{\"text\":\"\",\"thoughtSignature\":\"c2ln\"}"] },
        { "a signature on the text", ["{\"text\":\"a\",\"thoughtSignature\":\"c2ln\"}", "{\"text\":\"b\"}"] },
        { "a signed thought", ["{\"text\":\"hm\",\"thought\":true,\"thoughtSignature\":\"c2ln\"}", "{\"text\":\"b\"}"] },
        { "code", ["{\"executableCode\":{\"id\":\"e\",\"language\":\"PYTHON\",\"code\":\"1\"}}", "{\"codeExecutionResult\":{\"id\":\"e\",\"outcome\":\"OUTCOME_OK\",\"output\":\"1\\n\"}}", "{\"text\":\"1\"}"] },
        { "a picture", ["{\"text\":\"see\"}", "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"aWk=\"},\"thoughtSignature\":\"c2ln\"}"] },
        { "sound in pieces", ["{\"inlineData\":{\"mimeType\":\"audio/L16;rate=24000\",\"data\":\"YWE=\"}}", "{\"inlineData\":{\"mimeType\":\"audio/L16;rate=24000\",\"data\":\"YmI=\"}}"] },
        { "what nobody knows", ["{\"hologram\":{\"x\":1}}", "{\"text\":\"a\"}"] },
        { "nothing", [] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Stream_OfAnAnswer_FoldsToTheWhole(string name, string[] parts)
    {
        ChatResponse whole = GeminiWire.Whole(GeminiWire.Chunk(string.Join(',', parts), Stop));
        (ChatResponse folded, GatewayError? error) = GeminiWire.Folded(
            [.. parts.Select(part => GeminiWire.Chunk(part)), GeminiWire.Chunk("", Stop)]);

        Assert.NotEmpty(name);
        Assert.Null(error);
        Assert.Equal(Described(whole), Described(folded));
        Assert.All(whole.Choices[0].Parts.OfType<ToolCallPart>(), call => Assert.NotEmpty(call.CallId));
    }

    [Fact]
    public void Calls_WithoutIds_GetStableOnesOfTheirOwn()
    {
        const string Parts = """
            {"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"},{"functionCall":{"name":"f","args":{"a":2}}}
            """;

        ContentPart[] parts = [.. GeminiWire.Whole(GeminiWire.Chunk(Parts, Stop)).Choices[0].Parts];
        ContentPart[] again = [.. GeminiWire.Whole(GeminiWire.Chunk(Parts, Stop)).Choices[0].Parts];
        ContentPart[] other = [.. GeminiWire.Whole(
            GeminiWire.Chunk(Parts, Stop).Replace("r1", "r2", StringComparison.Ordinal)).Choices[0].Parts];

        string[] ids = [.. parts.Cast<ToolCallPart>().Select(call => call.CallId)];
        Assert.Equal(2, ids.Distinct().Count());
        Assert.Equal(ids, again.Cast<ToolCallPart>().Select(call => call.CallId));
        Assert.Empty(ids.Intersect(other.Cast<ToolCallPart>().Select(call => call.CallId)));
        Assert.Equal(["c2ln", null], parts.Select(part => part.State?.Data));
    }

    [Fact]
    public void Thought_AndSignatureOfAText_AreReasoning()
    {
        IReadOnlyList<ContentPart> parts = GeminiWire.Whole(GeminiWire.Chunk(
            """{"text":"hm","thought":true},{"text":"a"},{"text":"","thoughtSignature":"c2ln"}""", Stop)).Choices[0].Parts;

        Assert.Equal(
            ["thought hm -", "text a -", "thought  c2ln"],
            parts.Select(part => part is ReasoningPart thought
                ? $"thought {thought.Text} {thought.State?.Data ?? "-"}"
                : $"text {((TextPart)part).Text} {part.State?.Data ?? "-"}"));
    }

    [Theory]
    [InlineData("STOP", FinishReason.Stop)]
    [InlineData("MAX_TOKENS", FinishReason.Length)]
    [InlineData("SAFETY", FinishReason.ContentFilter)]
    [InlineData("RECITATION", FinishReason.ContentFilter)]
    [InlineData("LANGUAGE", FinishReason.ContentFilter)]
    [InlineData("BLOCKLIST", FinishReason.ContentFilter)]
    [InlineData("PROHIBITED_CONTENT", FinishReason.ContentFilter)]
    [InlineData("SPII", FinishReason.ContentFilter)]
    [InlineData("MODEL_ARMOR", FinishReason.ContentFilter)]
    [InlineData("IMAGE_SAFETY", FinishReason.ContentFilter)]
    [InlineData("IMAGE_PROHIBITED_CONTENT", FinishReason.ContentFilter)]
    [InlineData("IMAGE_RECITATION", FinishReason.ContentFilter)]
    [InlineData("NO_IMAGE", FinishReason.Stop)]
    [InlineData("OTHER", FinishReason.Stop)]
    [InlineData("NEW_ONE", FinishReason.Stop)]
    public void FinishReason_IsTheNearest_AndKeepsItsWord(string word, FinishReason reason)
    {
        Finish finish = GeminiWire.Whole(GeminiWire.Chunk("{\"text\":\"a\"}", $",\"finishReason\":\"{word}\"")).Choices[0].Finish;

        Assert.Equal((reason, word), (finish.Reason, finish.Native));
    }

    [Fact]
    public void Finish_OfAnAnswerWithCalls_IsToolCalls() => Assert.Equal(
        FinishReason.ToolCalls,
        GeminiWire.Whole(GeminiWire.Chunk("{\"functionCall\":{\"name\":\"f\"}}", Stop)).Choices[0].Finish.Reason);

    [Theory]
    [InlineData("MALFORMED_FUNCTION_CALL")]
    [InlineData("UNEXPECTED_TOOL_CALL")]
    [InlineData("TOO_MANY_TOOL_CALLS")]
    [InlineData("MISSING_THOUGHT_SIGNATURE")]
    public void FinishReason_ThatMeansFailure_IsAnError(string word)
    {
        string chunk = GeminiWire.Chunk("", $",\"finishReason\":\"{word}\",\"finishMessage\":\"no such thing\"");

        GatewayError whole = Assert.Throws<GatewayException>(() => GeminiWire.Whole(chunk)).Error;
        (_, GatewayError? streamed) = GeminiWire.Folded(chunk);

        Assert.Equal((502, true, $"{word}: no such thing"), (whole.Status, whole.Retryable, whole.Message));
        Assert.Equal(whole.Message, streamed!.Message);
    }

    /// <summary>A refused prompt comes as 200, without a candidate.</summary>
    [Fact]
    public void Prompt_ThatIsBlocked_EndsInAContentFilter()
    {
        const string Blocked = """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"responseId":"r1","usageMetadata":{"promptTokenCount":4}}""";

        foreach (ChatResponse answer in new[] { GeminiWire.Whole(Blocked), GeminiWire.Folded(Blocked).Response })
        {
            Finish finish = Assert.Single(answer.Choices).Finish;
            Assert.Equal((FinishReason.ContentFilter, "PROHIBITED_CONTENT"), (finish.Reason, finish.Native));
            Assert.Equal(4, answer.Usage!.Prompt);
        }
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", 503, ErrorKind.Overloaded)]
    [InlineData("""[{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}]""", 429, ErrorKind.RateLimit)]
    public void Error_InsideASuccess_IsAnError(string body, int status, ErrorKind kind)
    {
        GatewayError error = Assert.Throws<GatewayException>(() => GeminiWire.Whole(body)).Error;

        Assert.Equal((status, kind), (error.Status, error.Kind));
    }

    [Fact]
    public void Error_InsideAStream_BreaksItOff()
    {
        (ChatResponse answer, GatewayError? error) = GeminiWire.Folded(
            GeminiWire.Chunk("{\"text\":\"a\"}"),
            """{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""",
            GeminiWire.Chunk("{\"text\":\"b\"}", Stop));

        Assert.Equal((503, "The model is overloaded."), (error!.Status, error.Message));
        Assert.Equal("a", Assert.IsType<TextPart>(Assert.Single(answer.Choices[0].Parts)).Text);
    }

    [Theory]
    [InlineData("{\"candidates\":[{")]
    [InlineData("5")]
    [InlineData("<html>")]
    public void Stream_OfWhatIsNoAnswer_IsAnError(string chunk) =>
        Assert.Equal(502, GeminiWire.Folded(chunk).Error!.Status);

    [Fact]
    public void Stream_CutOffBeforeItsFinish_IsAnError()
    {
        (_, GatewayError? error) = GeminiWire.Folded(
            GeminiWire.Chunk("{\"text\":\"a\"}", rest: ",\"usageMetadata\":{\"promptTokenCount\":4}"));

        Assert.Equal("The provider's stream ended before the answer was complete.", error!.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"candidates\":[]}")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void Whole_WithoutAnAnswer_IsAnError(string body) =>
        Assert.Equal(502, Assert.Throws<GatewayException>(() => GeminiWire.Whole(body)).Error.Status);

    [Fact]
    public void Usage_IsInClassesThatDoNotOverlap()
    {
        TokenUsage usage = GeminiWire.Whole(GeminiWire.Chunk("{\"text\":\"a\"}", Stop, """
            ,"usageMetadata":{"promptTokenCount":100,"cachedContentTokenCount":40,"candidatesTokenCount":20,
              "thoughtsTokenCount":7,"toolUsePromptTokenCount":5,"totalTokenCount":132,"serviceTier":"standard",
              "promptTokensDetails":[{"modality":"TEXT","tokenCount":70},{"modality":"AUDIO","tokenCount":30}],
              "cacheTokensDetails":[{"modality":"AUDIO","tokenCount":10}],
              "candidatesTokensDetails":[{"modality":"AUDIO","tokenCount":8}]}
            """)).Usage!;

        Assert.Equal(
            new TokenUsage { Input = 45, CacheRead = 40, InputAudio = 20, Output = 12, OutputAudio = 8, Reasoning = 7 }, usage);
        Assert.Equal(132, usage.Total);
    }

    /// <summary>Vertex's chunks but the last count nothing, and say so by an object without counts.</summary>
    [Fact]
    public void Usage_OfAStream_KeepsWhatALaterChunkLeavesOut()
    {
        (ChatResponse answer, _) = GeminiWire.Folded(
            GeminiWire.Chunk("{\"text\":\"a\"}", rest: ",\"usageMetadata\":{\"promptTokenCount\":4,\"thoughtsTokenCount\":3}"),
            GeminiWire.Chunk("", Stop, ",\"usageMetadata\":{\"trafficType\":\"ON_DEMAND\",\"candidatesTokenCount\":1}"));

        Assert.Equal(new TokenUsage { Input = 4, Reasoning = 3, Output = 1 }, answer.Usage);
    }

    [Fact]
    public void Answer_NamesItsTierTimeAndMaker()
    {
        ChatResponse answer = GeminiWire.Whole(GeminiWire.Chunk("{\"text\":\"a\"}", Stop, """
            ,"createTime":"2026-05-27T16:53:45.443719Z","usageMetadata":{"serviceTier":"priority","promptTokenCount":1}
            """));

        Assert.Equal(("r1", "gemini-3-flash", 1779900825L, "priority"), (answer.Id, answer.Model, answer.Created, answer.ServiceTier));
    }

    /// <summary>Places are counted in bytes of UTF-8.</summary>
    [Fact]
    public void Grounding_IsCitedInUnitsOfUtf16()
    {
        ChatResponse answer = GeminiWire.Whole(GeminiWire.Chunk("{\"text\":\"Grüße 😀. Wien.\"}", Stop + """
            ,"groundingMetadata":{"webSearchQueries":["q","r"],
              "groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}},{"retrievedContext":{"text":"words","title":"B"}}],
              "groundingSupports":[
                {"segment":{"startIndex":14,"endIndex":19,"text":"Wien."},"groundingChunkIndices":[0,1]},
                {"segment":{"endIndex":13,"text":"elsewhere"},"groundingChunkIndices":[0]},
                {"segment":{"endIndex":7},"groundingChunkIndices":[9]}]}
            """));

        TextPart text = Assert.IsType<TextPart>(Assert.Single(answer.Choices[0].Parts));
        Assert.Equal(2, text.Citations.Count);
        Assert.Equal("Wien.", text.Text[text.Citations[0].StartIndex!.Value..text.Citations[0].EndIndex!.Value]);
        Assert.Equal(
            [new CitationSource { Url = "https://a.example", Title = "A" }, new CitationSource { Title = "B", CitedText = "words" }],
            text.Citations[0].Sources);
        Assert.Null(text.Citations[1].StartIndex);
    }

    [Fact]
    public void Grounding_ThatSupportsNothing_IsCitedWithoutAPlace()
    {
        ChatResponse answer = GeminiWire.Whole(GeminiWire.Chunk("{\"text\":\"a\"}", Stop + """
            ,"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a.example","title":"A"}}]},
             "citationMetadata":{"citationSources":[{"startIndex":0,"endIndex":1,"uri":"https://b.example","license":"mit"}]}
            """, ",\"usageMetadata\":{\"promptTokenCount\":1}"));

        TextPart text = Assert.IsType<TextPart>(Assert.Single(answer.Choices[0].Parts));
        Assert.Equal(
            [("https://b.example", 0), ("https://a.example", null)],
            text.Citations.Select(citation => (citation.Sources[0].Url, citation.StartIndex)));
    }

    [Fact]
    public void Candidates_AndTheirLogprobs_AreChoices()
    {
        ChatResponse answer = GeminiWire.Whole("""
            {"candidates":[
              {"content":{"parts":[{"text":"a"}]},"finishReason":"STOP","index":0,"logprobsResult":{
                "chosenCandidates":[{"token":"a","tokenId":1,"logProbability":-0.25}],
                "topCandidates":[{"candidates":[{"token":"a","logProbability":-0.25},{"token":"b","logProbability":-2}]}]}},
              {"content":{"parts":[{"text":"b"}]},"finishReason":"MAX_TOKENS","index":1}]}
            """);

        Assert.Equal(["a", "b"], answer.Choices.Select(choice => ((TextPart)choice.Parts[0]).Text));
        TokenLogprob token = Assert.Single(answer.Choices[0].Logprobs!.Content!);
        Assert.Equal(("a", -0.25, 2), (token.Token, token.Logprob!.Value.Value, token.Top.Count));
    }

    private static string Described(ChatResponse response) => string.Join('\n', response.Choices.SelectMany(choice =>
        choice.Parts.Select(part => part switch
        {
            OpaquePart opaque => $"{opaque.Kind} {opaque.Json}",
            ImagePart image => $"image {image.Source} {image.State}",
            _ => part.ToString(),
        }).Append(choice.Finish.ToString())));
}
