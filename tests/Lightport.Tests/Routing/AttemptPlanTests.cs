using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing;

/// <summary>Where a request goes when targets fail, limit, or are away.</summary>
public sealed class AttemptPlanTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TargetStates _states;

    public AttemptPlanTests() => _states = new TargetStates(_time);

    [Fact]
    public void RateLimit_GoesToTheNextAtOnce_AndBackOnlyWhereNoneIsLeft()
    {
        Route route = Route("m", "a/x", "b/x");
        Assert.Equal(
            ["a/x", "b/x", "b/x after 2000", "a/x after 4000", "a/x failed"],
            Run(route, _ => Error(429, ErrorKind.RateLimit), waits: target => target == "a/x" ? 4000 : 2000));
    }

    [Fact]
    public void RateLimit_WaitedForNeitherLongerThanThePauseNorThanTheTimeLeft()
    {
        Route route = Route("m", "a/x", "b/x");
        Assert.Equal(
            ["a/x", "b/x", "b/x failed"],
            Run(route, _ => Error(429, ErrorKind.RateLimit), waits: _ => 60_000));
        Assert.Equal(
            ["b/x"],
            Run(Route("m", "b/x"), _ => Error(429, ErrorKind.RateLimit), waits: _ => 4000, left: 3).Take(1));
    }

    [Theory]
    [InlineData(401, ErrorKind.Authentication)]
    [InlineData(403, ErrorKind.Permission)]
    [InlineData(429, ErrorKind.QuotaExceeded)]
    [InlineData(402, ErrorKind.QuotaExceeded)]
    public void AnAccountsOwnTrouble_GoesToTheNextAndNeverBack(int status, ErrorKind kind) => Assert.Equal(
        ["a/x", "b/x", "c/x", "c/x failed"],
        Run(Route("m", "a/x", "b/x", "c/x"), _ => Error(status, kind)));

    [Fact]
    public void OpenBreaker_IsSkippedThoughItWasSelectedFirst()
    {
        Route route = Route("m", "a/x", "b/x");
        Open(route.Targets[0]);

        Assert.Equal(["b/x"], Run(route, _ => null));
    }

    [Fact]
    public void AllAway_TheOneThatIsSoonestBackIsAskedFirst()
    {
        Route route = Route("m", "a/x", "b/x", "c/x");
        Open(route.Targets[0]);
        _time.Advance(TimeSpan.FromSeconds(1));
        Open(route.Targets[2]);
        Cool(route.Targets[1], seconds: 20);

        Assert.Equal(
            ["b/x", "a/x", "c/x", "c/x failed"], Run(route, _ => Error(500, ErrorKind.Upstream)));
    }

    [Fact]
    public void Selector_PutsThoseThatAreAwayBehind_SoonestBackFirst()
    {
        Route route = Route("m", "a/x", "b/x", "c/x", "d/x") with { Own = 3 };
        Open(route.Targets[0]);
        Cool(route.Targets[1], seconds: 20);

        SelectedTargets selected = new TargetSelector([], _states, () => 0).Select(Asking(route));

        Assert.Equal(["c/x", "d/x", "b/x", "a/x"], selected.Targets.Select(target => target.ToString()));
    }

    [Fact]
    public void RateLimits_OpenNoBreaker()
    {
        Target target = Target("a/x");
        for (int call = 0; call < 50; call++)
        {
            End(target, Error(429, ErrorKind.RateLimit));
        }

        Assert.Equal(BreakerPhase.Closed, _states.Of(target).Breaker);
        Assert.Null(_states.Of(target).Away);
    }

    [Fact]
    public void HalfOpen_OneRequestProbesAndTheOthersGoOn()
    {
        Route route = Route("m", "a/x", "b/x");
        Open(route.Targets[0]);
        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal("a/x", Plan(route).First().Target.ToString());
        Assert.Equal("b/x", Plan(route).First().Target.ToString());
    }

    [Fact]
    public void KindWithTargetsOfItsOwn_GoesThereThoughItIsTheRequestsOwnFault()
    {
        Route route = Route("m", "a/x", "b/x") with
        {
            FallbackOn = new FallbackLists([Target("long/x"), Target("longer/x")], [], []),
        };

        Assert.Equal(
            ["a/x", "long/x", "longer/x", "longer/x failed"],
            Run(route, _ => Error(400, ErrorKind.ContextLength)));
        Assert.Equal(["a/x", "a/x failed"], Run(route, _ => Error(400, ErrorKind.ContentFilter)));
        Assert.Equal(
            ["a/x", "long/x"],
            Run(route, target => target == "a/x" ? Error(400, ErrorKind.ContextLength) : null));
    }

    [Theory]
    [InlineData(ErrorKind.RateLimit)]
    [InlineData(ErrorKind.QuotaExceeded)]
    public void RateLimitWithTargetsOfItsOwn_GoesThereBeforeTheOthers(ErrorKind kind)
    {
        Route route = Route("m", "a/x", "b/x");
        route = route with { FallbackOn = new FallbackLists([], [], [Target("spill/x"), route.Targets[1]]) };

        Assert.Equal(
            ["a/x", "spill/x", "b/x"],
            Run(route, target => target == "a/x" ? Error(429, kind) : Error(500, ErrorKind.Upstream)).Take(3));
    }

    [Fact]
    public void TargetsForAKind_AreNarrowedToThoseThatCanTakeTheRequest()
    {
        Route route = Route("m", "a/x") with
        {
            FallbackOn = new FallbackLists([Target("small/x"), Target("long/x")], [], []),
        };
        var plan = new AttemptPlan(
            route,
            route.Targets,
            _states,
            () => 0,
            targets => [.. targets.Where(target => target.Provider.Name != "small")]);
        plan.Add(plan.First().Target, Error(400, ErrorKind.ContextLength), TimeSpan.Zero);

        Assert.Equal("long/x", plan.Next(TimeSpan.FromSeconds(9))?.Target.ToString());
    }

    private void Open(Target target)
    {
        for (int failure = 0; failure < BreakerPolicy.Default.Failures; failure++)
        {
            End(target, Error(500, ErrorKind.Upstream));
        }
    }

    private void Cool(Target target, int seconds) =>
        End(target, Error(429, ErrorKind.RateLimit) with { RetryAfter = TimeSpan.FromSeconds(seconds) });

    private void End(Target target, GatewayError error)
    {
        TargetCall call = _states.Of(target).Call();
        call.Begin();
        call.End(error with { Provider = target.Provider.Name }, Asking(new Route("m", [target])));
    }

    private AttemptPlan Plan(Route route) => new(route, route.Targets, _states, () => 0);

    /// <summary>Follows the plan to its end; every attempt goes as told, and takes no time.</summary>
    private List<string> Run(
        Route route, Func<string, GatewayError?> go, Func<string, int>? waits = null, int left = 900)
    {
        var seen = new List<string>();
        AttemptPlan plan = Plan(route);
        AttemptStep? next = plan.First();
        while (next is { } step)
        {
            string target = step.Target.ToString();
            seen.Add(step.Pause > TimeSpan.Zero ? $"{target} after {step.Pause.TotalMilliseconds}" : target);
            step.Call.Begin();
            GatewayError? error = go(target);
            if (error is not null)
            {
                error = error with
                {
                    Provider = step.Target.Provider.Name,
                    RetryAfter = waits is null ? null : TimeSpan.FromMilliseconds(waits(target)),
                };
            }

            step.Call.End(error, Asking(route));
            plan.Add(step.Target, error, TimeSpan.Zero);
            if (error is null)
            {
                return seen;
            }

            next = plan.Next(TimeSpan.FromSeconds(left));
            if (next is null)
            {
                seen.Add($"{target} failed");
            }
        }

        return seen;
    }

    private static GatewayError Error(int status, ErrorKind kind) =>
        new(ErrorStage.Upstream, kind, status, "the provider's own words");
}
