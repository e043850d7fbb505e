using Lightport.Conversation;

namespace Lightport.Tests.Dialects;

public sealed class UsageEstimatorTests
{
    [Fact]
    public void Estimate_OfAWholeAnswer_CountsFourBytesATokenAndSaysSo()
    {
        var response = new ChatResponse
        {
            Choices =
            [
                new ChatChoice(
                    0,
                    [new ReasoningPart("12345678"), new TextPart("ééééé"), new ToolCallPart("c", "look", "{}")],
                    new Finish(FinishReason.ToolCalls)),
            ],
        };

        Assert.Equal(
            new TokenUsage { Input = 7, Output = 4, Reasoning = 2, Estimated = true },
            UsageEstimator.Estimate(response, promptTokens: 7));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void TokensOf_Bytes_RoundsUp(long bytes, long tokens) =>
        Assert.Equal(tokens, UsageEstimator.TokensOf(bytes));
}
