using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

public sealed class BodyBudgetTests
{
    private const int Mebibyte = 1024 * 1024;
    private const int Piece = 64 * 1024;

    /// <summary>Sixteen mebibytes for small bodies.</summary>
    private readonly BodyBudget _budget = new(64 * Mebibyte);

    [Fact]
    public void Callers_OneAfterTheOther_HaveHalfOfWhatIsLeft()
    {
        Assert.Equal(
            [8 * Mebibyte, 4 * Mebibyte, 2 * Mebibyte, Mebibyte, Mebibyte, 0],
            Enumerable.Range(1, 6).Select(caller => Fill(_budget.For($"key-{caller}"))));
    }

    [Fact]
    public void TwoKeysOfOneHand_LeaveRoomForOthersSmallBodies()
    {
        Fill(_budget.For("one"));
        Fill(_budget.For("two"));

        using BodyClaim another = _budget.For("three").Claim(Mebibyte);
        using BodyClaim nobodys = _budget.Claim(Mebibyte);
    }

    /// <summary>Of forty-eight mebibytes for large bodies three quarters, and of the rest three quarters again.</summary>
    [Fact]
    public void Caller_WithManyLargeBodies_LeavesRoomForOthersLargeBodies()
    {
        const int Large = 2 * Mebibyte;

        Assert.Equal(36 * Mebibyte, Fill(_budget.For("slow-uploads"), piece: Large));
        Assert.Equal(8 * Mebibyte, Fill(_budget.For("another"), piece: Large));
        using BodyClaim third = _budget.For("third").Claim(Large);
    }

    [Fact]
    public void Caller_WhenTheOthersAreDone_HasHalfAgain()
    {
        BodyClaim other = _budget.For("other").Claim(Mebibyte);
        BodyBudget mine = _budget.For("mine");
        var taken = new List<BodyClaim>();
        Assert.Equal(15 * Mebibyte / 2 / Piece * Piece, Fill(mine, taken));

        other.Dispose();
        Assert.Equal(Mebibyte / 2, Fill(mine, taken));

        taken.ForEach(claim => claim.Dispose());
        Assert.Equal(8 * Mebibyte, Fill(mine));
    }

    [Fact]
    public void Refusal_SaysThatItPasses()
    {
        BodyBudget mine = _budget.For("mine");
        Fill(mine);

        Assert.True(Assert.Throws<BodyBudgetException>(() => mine.Claim(Piece)).Passes);
    }

    /// <summary>What a connection has anyway is given also where all is taken; a byte more is not.</summary>
    [Fact]
    public void Trifle_IsNotCounted()
    {
        Fill(_budget);

        using BodyClaim trifle = _budget.Claim(BodyBudget.Trifle);
        using var buffer = new PooledBuffer(BodyBudget.Trifle, _budget);
        Assert.Throws<BodyBudgetException>(() => _budget.Claim(BodyBudget.Trifle + 1));
        Assert.Throws<BodyBudgetException>(() => buffer.Grow(BodyBudget.Trifle + 1));
    }

    [Fact]
    public void TakenAndGivenByManyAtOnce_AddsUpToNothing()
    {
        Parallel.For(0, 200, turn =>
        {
            var taken = new List<BodyClaim>();
            Fill(_budget.For($"key-{turn % 5}"), taken);
            taken.ForEach(claim => claim.Dispose());
        });

        Assert.Equal(8 * Mebibyte, Fill(_budget.For("key-0")));
    }

    /// <summary>Takes piece by piece until no more is given; how many bytes it was.</summary>
    private static int Fill(BodyBudget budget, List<BodyClaim>? taken = null, int piece = Piece)
    {
        int bytes = 0;
        while (true)
        {
            try
            {
                BodyClaim claim = budget.Claim(piece);
                taken?.Add(claim);
                bytes += piece;
            }
            catch (BodyBudgetException)
            {
                return bytes;
            }
        }
    }
}
