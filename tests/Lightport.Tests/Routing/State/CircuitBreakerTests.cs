using Lightport.Routing.State;

namespace Lightport.Tests.Routing.State;

public sealed class CircuitBreakerTests
{
    private static readonly BreakerPolicy Policy = new()
    {
        Failures = 3,
        Window = TimeSpan.FromSeconds(30),
        Open = TimeSpan.FromSeconds(10),
    };

    private readonly CircuitBreaker _breaker = new(() => 0);
    private long _now;

    [Fact]
    public void FailuresInARow_OpenIt()
    {
        Fail(2);
        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));

        Fail(1);

        Assert.Equal(BreakerPhase.Open, _breaker.PhaseAt(_now));
        Assert.Equal(TimeSpan.FromSeconds(10), _breaker.Away(_now));
        Assert.Null(_breaker.TryPass(_now));
    }

    [Fact]
    public void Told_OpensUntilThen_AndIsNotSeenHere()
    {
        _now = 5_000;
        _breaker.Tell(openedAt: 1_000, until: 9_000, _now);

        Assert.Equal(TimeSpan.FromSeconds(4), _breaker.Away(_now));
        Assert.Null(_breaker.OpenedHere(_now));
        Assert.False(_breaker.IsBackSince(1_000));
    }

    /// <summary>Its probe, which fails, is seen here.</summary>
    [Fact]
    public void Told_WhoseProbeFails_IsOpenByWhatIsSeenHere()
    {
        _breaker.Tell(openedAt: 0, until: 1_000, _now);
        _now = 2_000;
        _breaker.Over(_breaker.TryPass(_now)!.Value, CallVerdict.Failed, Policy, _now);

        Assert.Equal((2_000, 12_000), _breaker.OpenedHere(_now));
    }

    [Fact]
    public void Told_OfWhatWasClosedSince_OpensNothing()
    {
        Fail(3);
        _now = 20_000;
        Assert.NotNull(_breaker.TryPass(_now));
        _breaker.Begun(_breaker.Pass(), _now);

        _breaker.Tell(openedAt: 0, until: 60_000, _now);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
        Assert.True(_breaker.IsBackSince(0));
    }

    [Fact]
    public void AnswerBetweenFailures_BeginsANewRow()
    {
        Fail(2);
        Succeed();
        Fail(2);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void AnswersThatHaveOnlyBegun_EndARowOfRefusalsAndNoneOfBrokenAnswers()
    {
        for (int call = 0; call < 10; call++)
        {
            Fail(2);
            _breaker.Begun(_breaker.Pass(), _now);
        }

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
        for (int call = 0; call < 3; call++)
        {
            BreakerPass pass = _breaker.Pass();
            _breaker.Begun(pass, _now);
            _breaker.Over(pass, CallVerdict.Failed, Policy, _now, hasBegun: true);
        }

        Assert.Equal(BreakerPhase.Open, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void FailureLongAfterTheOneBefore_BeginsANewRow()
    {
        Fail(2);
        _now += 30_001;
        Fail(2);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void ShareOfFailures_OpensItOnceThereAreEnoughCalls()
    {
        BreakerPolicy policy = Policy with { Failures = 100, Ratio = 0.5, Minimum = 10 };
        for (int call = 0; call < 8; call++)
        {
            End(call % 2 == 0 ? CallVerdict.Failed : CallVerdict.Alive, policy);
        }

        End(CallVerdict.Failed, policy);
        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));

        End(CallVerdict.Failed, policy);
        Assert.Equal(BreakerPhase.Open, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void ShareOfFailures_ForgetsWhatIsOlderThanTheWindow()
    {
        BreakerPolicy policy = Policy with { Failures = 100, Ratio = 0.5, Minimum = 4 };
        End(CallVerdict.Failed, policy);
        End(CallVerdict.Alive, policy);
        End(CallVerdict.Alive, policy);
        _now += 31_000;
        End(CallVerdict.Failed, policy);
        End(CallVerdict.Failed, policy);
        End(CallVerdict.Alive, policy);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void HalfOpen_OneProbeAtATime()
    {
        Fail(3);
        _now += 10_000;
        Assert.Equal(BreakerPhase.HalfOpen, _breaker.PhaseAt(_now));

        BreakerPass? probe = _breaker.TryPass(_now);
        Assert.True(probe?.IsProbe);
        Assert.Null(_breaker.TryPass(_now));
        Assert.Equal(TimeSpan.Zero, _breaker.Away(_now));

        _breaker.Over(probe!.Value, CallVerdict.Unknown, Policy, _now);
        Assert.True(_breaker.TryPass(_now)?.IsProbe);
    }

    [Fact]
    public void Probe_ThatFails_OpensItAnew()
    {
        Fail(3);
        _now += 10_000;
        BreakerPass probe = _breaker.TryPass(_now)!.Value;

        _breaker.Over(probe, CallVerdict.Failed, Policy, _now);

        Assert.Equal(TimeSpan.FromSeconds(10), _breaker.Away(_now));
    }

    [Fact]
    public void Probe_WhoseAnswerBegins_ClosesItOnProbation()
    {
        Fail(3);
        _now += 10_000;
        BreakerPass probe = _breaker.TryPass(_now)!.Value;

        _breaker.Begun(probe, _now);
        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));

        // The stream breaks off: a target that breaks off every stream is not one that is back.
        _breaker.Over(probe, CallVerdict.Failed, Policy, _now);
        Assert.Equal(BreakerPhase.Open, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void AnswerThatCameWhole_EndsTheProbation()
    {
        Fail(3);
        _now += 10_000;
        BreakerPass probe = _breaker.TryPass(_now)!.Value;
        _breaker.Begun(probe, _now);
        _breaker.Over(probe, CallVerdict.Alive, Policy, _now);

        Fail(2);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void CallsFromBeforeItOpened_TellNothing()
    {
        BreakerPass early = _breaker.Pass();
        Fail(3);

        _breaker.Begun(early, _now);
        Assert.Equal(BreakerPhase.Open, _breaker.PhaseAt(_now));

        _now += 10_000;
        BreakerPass probe = _breaker.TryPass(_now)!.Value;
        _breaker.Begun(probe, _now);
        _breaker.Over(early, CallVerdict.Failed, Policy, _now);
        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void CallThatWasMadeAllTheSame_ClosesItWhereItIsAnswered()
    {
        Fail(3);

        _breaker.Begun(_breaker.Pass(), _now);

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Theory]
    [InlineData(0, 10_000)]
    [InlineData(0.5, 11_250)]
    [InlineData(0.999, 12_497)]
    public void Instances_ComeBackAtDifferentMoments(double random, double milliseconds)
    {
        var breaker = new CircuitBreaker(() => random);
        for (int failure = 0; failure < 3; failure++)
        {
            breaker.Over(breaker.Pass(), CallVerdict.Failed, Policy, 0);
        }

        Assert.Equal(milliseconds, breaker.Away(0)!.Value.TotalMilliseconds);
    }

    [Fact]
    public void RouteWithoutABreaker_OpensNothing()
    {
        for (int failure = 0; failure < 100; failure++)
        {
            End(CallVerdict.Failed, policy: null);
        }

        Assert.Equal(BreakerPhase.Closed, _breaker.PhaseAt(_now));
    }

    [Fact]
    public void ByManyAtOnce_LetsOneProbeThrough()
    {
        for (int round = 0; round < 200; round++)
        {
            Fail(3);
            _now += 10_000;
            int probes = 0;
            Parallel.For(0, 16, _ =>
            {
                if (_breaker.TryPass(_now) is { } pass)
                {
                    Interlocked.Increment(ref probes);
                    _breaker.Over(pass, CallVerdict.Failed, Policy, _now);
                }
            });

            Assert.Equal(1, probes);
            _now += 10_000;
            _breaker.Begun(_breaker.TryPass(_now)!.Value, _now);
        }
    }

    private void Fail(int times)
    {
        for (int failure = 0; failure < times; failure++)
        {
            End(CallVerdict.Failed, Policy);
        }
    }

    private void Succeed() => End(CallVerdict.Alive, Policy);

    private void End(CallVerdict verdict, BreakerPolicy? policy) =>
        _breaker.Over(_breaker.Pass(), verdict, policy, _now);
}
