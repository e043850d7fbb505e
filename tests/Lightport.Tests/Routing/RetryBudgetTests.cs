using Lightport.Routing;
using Lightport.Routing.State;

namespace Lightport.Tests.Routing;

public sealed class RetryBudgetTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly RetryBudget _budget;
    private readonly RetryCounts _route = new();

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
            _budget.Begin(_route);
            _budget.End(_route, wasTaken: false, CallVerdict.Failed);
        }

        int taken = 0;
        while (_budget.TryTake(_route))
        {
            taken++;
        }

        Assert.Equal(51, taken);
    }

    /// <summary>Each processor counts for itself; who asks for a retry hears of all of them.</summary>
    [Fact]
    public void RequestsOnAllProcessors_AreCountedEach()
    {
        Parallel.For(0, 300, _ =>
        {
            _budget.Begin(_route);
            _budget.End(_route, wasTaken: false, CallVerdict.Failed);
        });

        int taken = 0;
        while (_budget.TryTake(_route))
        {
            taken++;
        }

        Assert.Equal((51, 300), (taken, _route.RequestsOfLate(0)));
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
            _budget.Begin(_route);
            _budget.End(_route, wasTaken: false, CallVerdict.Failed);
        }

        Assert.All(Enumerable.Range(0, 25), _ => Assert.True(_budget.TryTake(_route)));
    }

    [Fact]
    public void RetriesThatSayNothing_AreGivenBack()
    {
        for (int request = 0; request < 100; request++)
        {
            Assert.Equal(1, Request(CallVerdict.Failed, CallVerdict.Unknown));
        }
    }

    /// <summary>Where all of one route's providers are down, the fallbacks of another still serve it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void RouteThatIsDown_TakesNoRetryFromAnother(int requestsInTenSeconds)
    {
        var other = new RetryCounts();
        int retries = 0;
        for (int second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            for (int request = 0; request < 100; request++)
            {
                Request(CallVerdict.Failed, CallVerdict.Failed, CallVerdict.Failed);
            }

            retries += second % (10 / requestsInTenSeconds) == 0
                ? Request(other, CallVerdict.Failed, CallVerdict.Alive)
                : 0;
        }

        Assert.Equal(6 * requestsInTenSeconds, retries);
    }

    [Fact]
    public void FirstBurst_WhileAnotherRouteIsDown_IsTriedElsewhere()
    {
        for (int request = 0; request < 600; request++)
        {
            Request(CallVerdict.Failed, CallVerdict.Failed);
        }

        var other = new RetryCounts();
        for (int request = 0; request < 25; request++)
        {
            _budget.Begin(other);
            _budget.End(other, wasTaken: false, CallVerdict.Failed);
        }

        Assert.All(Enumerable.Range(0, 25), _ => Assert.True(_budget.TryTake(other)));
    }

    [Fact]
    public void ManyRoutesThatAreDown_EachKeepToTheirShare()
    {
        RetryCounts[] routes = [.. Enumerable.Range(0, 10).Select(_ => new RetryCounts())];
        int requests = 0;
        int retries = 0;
        for (int second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            foreach (RetryCounts route in routes)
            {
                for (int request = 0; request < 10; request++)
                {
                    requests++;
                    retries += Request(route, CallVerdict.Failed, CallVerdict.Failed, CallVerdict.Failed);
                }
            }
        }

        Assert.InRange((double)retries / requests, 0.12, 0.2);
    }

    /// <summary>Makes a request whose attempts go as told, as far as the budget allows them.</summary>
    /// <returns>How many retries it made.</returns>
    private int Request(params CallVerdict[] attempts) => Request(_route, attempts);

    private int Request(RetryCounts route, params CallVerdict[] attempts)
    {
        _budget.Begin(route);
        _budget.End(route, wasTaken: false, attempts[0]);
        int retries = 0;
        foreach (CallVerdict verdict in attempts.Skip(1))
        {
            if (!_budget.TryTake(route))
            {
                break;
            }

            retries++;
            _budget.End(route, wasTaken: true, verdict);
        }

        return retries;
    }
}
