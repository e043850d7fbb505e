using Lightport.Routing;
using Lightport.Routing.State;

namespace Lightport.Tests.Routing;

public sealed class RetryBudgetTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RetryBudget _budget;

    public RetryBudgetTests() => _budget = new RetryBudget(_time);

    [Fact]
    public void EverythingFails_HoldsAttemptsBelowAFifthMore()
    {
        int requests = 0;
        int retries = 0;
        for (int tick = 0; tick < 300; tick++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            for (int request = 0; request < 20; request++)
            {
                requests++;
                retries += Request(CallVerdict.Failed, CallVerdict.Failed, CallVerdict.Failed);
            }
        }

        Assert.InRange((double)retries / requests, 0.12, 0.2);
    }

    [Fact]
    public void RetriesThatSucceed_CostNothing()
    {
        int retries = 0;
        for (int request = 0; request < 10_000; request++)
        {
            retries += Request(CallVerdict.Failed, CallVerdict.Alive);
        }

        Assert.Equal(10_000, retries);
    }

    [Fact]
    public void RetriesUnderWay_CountByTheShareThatFails()
    {
        for (int request = 0; request < 300; request++)
        {
            _budget.Begin();
            _budget.End(wasTaken: false, CallVerdict.Failed);
        }

        int taken = 0;
        while (_budget.TryTake())
        {
            taken++;
        }

        Assert.Equal(51, taken);
    }

    [Fact]
    public void FewRequests_MayRetryAFewTimesAllTheSame()
    {
        int retries = Enumerable.Range(0, 60).Sum(_ => Request(CallVerdict.Failed, CallVerdict.Failed));

        Assert.Equal(RetryBudget.Least, retries);
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(1, Request(CallVerdict.Failed, CallVerdict.Failed));
    }

    [Fact]
    public void FirstBurst_ThatMeetsADeadTarget_IsTriedElsewhere()
    {
        for (int request = 0; request < 25; request++)
        {
            _budget.Begin();
            _budget.End(wasTaken: false, CallVerdict.Failed);
        }

        Assert.All(Enumerable.Range(0, 25), _ => Assert.True(_budget.TryTake()));
    }

    [Fact]
    public void RetriesThatSayNothing_AreGivenBack()
    {
        for (int request = 0; request < 100; request++)
        {
            Assert.Equal(1, Request(CallVerdict.Failed, CallVerdict.Unknown));
        }
    }

    /// <summary>Makes a request whose attempts go as told, as far as the budget allows them.</summary>
    /// <returns>How many retries it made.</returns>
    private int Request(params CallVerdict[] attempts)
    {
        _budget.Begin();
        _budget.End(wasTaken: false, attempts[0]);
        int retries = 0;
        foreach (CallVerdict verdict in attempts.Skip(1))
        {
            if (!_budget.TryTake())
            {
                break;
            }

            retries++;
            _budget.End(wasTaken: true, verdict);
        }

        return retries;
    }
}
