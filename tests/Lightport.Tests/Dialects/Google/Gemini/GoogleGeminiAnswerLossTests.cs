using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>What of Gemini's answers other clients cannot be told is named; Gemini's own clients get its bytes.</summary>
public sealed class GoogleGeminiAnswerLossTests : IDisposable
{
    private const string Answer = """
        {"candidates":[{"content":{"parts":[{"text":"hello"}],"role":"model"},"finishReason":"STOP","index":0,"avgLogprobs":-0.25,
          "safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"NEGLIGIBLE"}],
          "groundingMetadata":{"webSearchQueries":["q"],"searchEntryPoint":{"renderedContent":"<div></div>"}}}],
         "usageMetadata":{"promptTokenCount":5,"candidatesTokenCount":2,"totalTokenCount":7},"responseId":"r1"}
        """;

    private readonly GeminiGateway _gateway = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ToAChatClient_NamesWhatChatHasNoWordFor(bool streams)
    {
        ScriptedResponse answer = streams
            ? ScriptedResponse.Events($"data: {Answer.ReplaceLineEndings("")}\n\n")
            : ScriptedResponse.Json(Answer);
        using ClientCall call = await _gateway.AnswerAsync(GatewayEndpoints.ChatCompletions, answer, streams);

        Assert.Equal(200, call.Status);
        Assert.Equal(
            ["avgLogprobs", "safetyRatings", "searchEntryPoint"],
            call.Header("x-lightport-answer-dropped")!.Split(',').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Answer_WithNothingOfTheKind_NamesNothing()
    {
        using ClientCall call = await _gateway.AnswerAsync(
            GatewayEndpoints.ChatCompletions,
            ScriptedResponse.Json(Answer.Replace("-0.25", "null", StringComparison.Ordinal)
                .Replace("[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"probability\":\"NEGLIGIBLE\"}]", "[]", StringComparison.Ordinal)
                .Replace("searchEntryPoint", "retrievalMetadata", StringComparison.Ordinal)),
            stream: false);

        Assert.Null(call.Header("x-lightport-answer-dropped"));
    }

    [Fact]
    public async Task Answer_ToItsOwnClient_PassesWithAllOfIt()
    {
        _gateway.Gateway.Upstream.Answer(ScriptedResponse.Json(Answer));

        using ClientCall call =
            await _gateway.Gateway.GenerateAsync("""{"contents":[{"parts":[{"text":"hi"}]}]}""", "g3");

        Assert.Equal((Answer, (string?)null), (call.Text, call.Header("x-lightport-answer-dropped")));
    }

    public void Dispose() => _gateway.Dispose();
}
