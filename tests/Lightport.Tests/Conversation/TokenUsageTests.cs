using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

public sealed class TokenUsageTests
{
    [Fact]
    public void Plus_OfMoreThanANumberHolds_StaysTheLargest()
    {
        var huge = new TokenUsage { Input = long.MaxValue, Output = long.MaxValue };

        TokenUsage both = huge.Plus(huge);

        Assert.Equal((long.MaxValue, long.MaxValue), (both.Input, both.Output));
        Assert.Equal(long.MaxValue, both.Total);
        Assert.Equal(7, new TokenUsage { Input = 3, Output = 1 }.Plus(new TokenUsage { Reasoning = 3 }).Total);
    }
}
