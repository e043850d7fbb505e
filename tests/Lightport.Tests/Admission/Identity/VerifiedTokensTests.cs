using Lightport.Admission;
using Lightport.Admission.Identity;

namespace Lightport.Tests.Admission.Identity;

public sealed class VerifiedTokensTests
{
    [Fact]
    public void Keep_MoreThanFit_ForgetsThoseThatDoNotComeAgain()
    {
        var tokens = new VerifiedTokens(most: 100);
        KeyHash regular = KeyHash.Of("regular");
        var kept = new VerifiedToken(null!, null!, null!, null!, default);
        tokens.Keep(regular, kept);
        for (int i = 0; i < 1_000; i++)
        {
            tokens.Keep(KeyHash.Of($"once-{i}"), kept);
            Assert.Same(kept, tokens.Find(regular));
            Assert.InRange(tokens.Count, 1, 100);
        }

        Assert.Null(tokens.Find(KeyHash.Of("once-0")));
        Assert.NotNull(tokens.Find(KeyHash.Of("once-999")));
    }
}
