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

    /// <summary>A provider that counts beyond all reason is not believed, for its count would be money.</summary>
    [Theory]
    [InlineData(1_000_000_000_000_000_000, 3)]
    [InlineData(3, long.MaxValue)]
    [InlineData(-1, 3)]
    public void Settle_OfACountThatCannotBe_IsTheEstimate(long input, long output)
    {
        var estimator = new UsageEstimator(7);
        estimator.AddSpoken(8);

        Assert.Equal(
            new TokenUsage { Input = 7, Output = 2, Estimated = true },
            estimator.Settle(new TokenUsage { Input = input, Output = output }, complete: true));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(5, 2)]
    public void TokensOf_Bytes_RoundsUp(long bytes, long tokens) =>
        Assert.Equal(tokens, UsageEstimator.TokensOf(bytes));
}
