using Lightport.Routing;

namespace Lightport.Tests.Routing;

public sealed class HedgeShareTests
{
    private const long Minute = 60_000;

    private readonly HedgeShare _share = new(0.1);

    [Fact]
    public void FewRequests_OneMayBeHedged()
    {
        Assert.True(_share.Allows(0));
        _share.Spend(0);
        Assert.False(_share.Allows(0));
    }

    [Fact]
    public void ManyRequests_ItsShareOfThemMayBe()
    {
        for (int i = 0; i < 40; i++)
        {
            _share.Begin(i);
        }

        int hedged = 0;
        while (_share.Allows(50))
        {
            _share.Spend(50);
            hedged++;
        }

        Assert.Equal(4, hedged);
    }

    [Fact]
    public void AMinuteLater_NothingIsRemembered()
    {
        _share.Spend(0);

        Assert.False(_share.Allows(Minute - 1_000));
        Assert.True(_share.Allows(Minute));
    }
}
