using Lightport.Routing.State;

namespace Lightport.Tests.Routing.State;

public sealed class LatencyAverageTests
{
    private readonly LatencyAverage _average = new();

    [Fact]
    public void Value_NothingMeasured_IsNone() => Assert.Null(_average.Value);

    [Fact]
    public void Add_Peak_IsTakenAtOnce()
    {
        _average.Add(TimeSpan.FromMilliseconds(100), now: 0);
        _average.Add(TimeSpan.FromMilliseconds(900), now: 1);

        Assert.Equal(TimeSpan.FromMilliseconds(900), _average.Value);
    }

    [Theory]
    [InlineData(0, 900)]
    [InlineData(10_000, 394.304)]
    [InlineData(60_000, 101.983)]
    public void Add_Less_ComesDownWithTheTimeBetween(long later, double milliseconds)
    {
        _average.Add(TimeSpan.FromMilliseconds(900), now: 5);
        _average.Add(TimeSpan.FromMilliseconds(100), now: 5 + later);

        Assert.Equal(milliseconds, _average.Value!.Value.TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void Add_OverTheTurnOfTheClock_TakesTheTimeBetween()
    {
        _average.Add(TimeSpan.FromMilliseconds(900), now: uint.MaxValue - 4_999L);
        _average.Add(TimeSpan.FromMilliseconds(100), now: uint.MaxValue + 5_001L);

        Assert.Equal(394.304, _average.Value!.Value.TotalMilliseconds, tolerance: 0.001);
    }

    [Fact]
    public void AddAtLeast_RaisesAndNeverLowers()
    {
        _average.Add(TimeSpan.FromMilliseconds(100), now: 0);
        _average.AddAtLeast(TimeSpan.FromMilliseconds(1), now: 60_000);
        Assert.Equal(TimeSpan.FromMilliseconds(100), _average.Value);

        _average.AddAtLeast(TimeSpan.FromMilliseconds(700), now: 60_000);
        Assert.Equal(TimeSpan.FromMilliseconds(700), _average.Value);
    }

    [Fact]
    public void Add_LongerThanCanBeKept_IsTheLongestThatCan()
    {
        _average.Add(TimeSpan.FromDays(2), now: 0);

        Assert.Equal(TimeSpan.FromMicroseconds(uint.MaxValue), _average.Value);
    }

    [Fact]
    public void Add_ByManyAtOnce_LosesNoPeak()
    {
        Parallel.For(1, 10_000, taken => _average.Add(TimeSpan.FromMicroseconds(taken), now: 0));

        Assert.Equal(TimeSpan.FromMicroseconds(9_999), _average.Value);
    }
}
