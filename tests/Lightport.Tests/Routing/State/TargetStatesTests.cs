using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.State;

public sealed class TargetStatesTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly TargetStates _states;

    public TargetStatesTests() => _states = new TargetStates(_time);

    [Fact]
    public void Of_TheSameTargetOfAnotherConfiguration_IsTheSameState() =>
        Assert.Same(_states.Of(Target("a/x")), _states.Of(Target("a/x") with { Label = "canary", Weight = 3 }));

    [Fact]
    public void Of_AnotherNamePlaceOrModel_IsAnother()
    {
        Target target = Target("a/x");
        ConfiguredProvider moved = target.Provider with
        {
            Provider = target.Provider.Provider with { BaseUrl = "https://elsewhere.example/v1" },
        };

        Assert.Equal(4, new[] { target, Target("b/x"), Target("a/y"), target with { Provider = moved } }
            .Select(_states.Of).Distinct().Count());
    }

    [Fact]
    public void Of_AfterAnHourOfSilence_StartsAnew()
    {
        TargetState before = _states.Of(Target("a/x"));
        _time.Advance(TargetStates.Kept + TimeSpan.FromSeconds(1));

        _states.Of(Target("b/y"));

        Assert.NotSame(before, _states.Of(Target("a/x")));
    }

    [Fact]
    public void Of_WhatIsStillInFlight_IsKept()
    {
        TargetState flying = _states.Of(Target("a/x"));
        flying.Begin();
        _time.Advance(TimeSpan.FromDays(1));

        _states.Of(Target("b/y"));

        Assert.Same(flying, _states.Of(Target("a/x")));
    }

    [Theory]
    [InlineData(7200, true)]
    [InlineData(60, false)]
    public void Of_WhatIsToBeLeftAlone_IsKeptTillThen(int seconds, bool kept)
    {
        TargetState limited = _states.Of(Target("a/x"));
        Fail(limited, Limited(TimeSpan.FromSeconds(seconds)));
        _time.Advance(TargetStates.Kept + TimeSpan.FromSeconds(1));

        _states.Of(Target("b/y"));

        Assert.Equal(kept, _states.All.Any(entry => entry.Value == limited));
    }

    [Fact]
    public void Of_MoreTargetsThanAreKept_StaysBoundedAndKeepsWhatIsInUse()
    {
        TargetState old = _states.Of(Target("a/old"));
        for (int made = 0; made < 2 * TargetStates.Capacity; made++)
        {
            _states.Of(Target($"a/{made}"));
            Assert.Same(old, _states.Of(Target("a/old")));
        }

        Assert.Equal(TargetStates.Capacity, _states.All.Count());
        _time.Advance(TargetStates.KeptInACrowd + TimeSpan.FromSeconds(1));
        Assert.Same(old, _states.Of(Target("a/old")));

        _states.Of(Target("a/new"));

        Assert.Equal(["new", "old"], _states.All.Select(entry => entry.Key.Model).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CoolUntil_WithoutEnd_IsADay()
    {
        TargetState state = _states.Of(Target("a/x"));

        Fail(state, Limited(TimeSpan.MaxValue));

        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromDays(1), state.CoolUntil);
    }

    private static void Fail(TargetState state, GatewayError error)
    {
        TargetCall call = state.Call();
        call.Begin();
        call.End(error, Asking(Route("m", "a/x")));
    }

    private static GatewayError Limited(TimeSpan wait) =>
        new(ErrorStage.Upstream, ErrorKind.RateLimit, 429, "slow down") { Provider = "a", RetryAfter = wait };
}
