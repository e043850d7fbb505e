using Lightport.Limits.Leases;
using Lightport.Storage;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Limits.Leases;

public sealed class StoreClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _clock = new();
    private readonly StoreClock _store;

    public StoreClockTests() => _store = new StoreClock(_clock);

    [Fact]
    public void Time_IsTheStores_WhateverThisMachineThinks()
    {
        Tell(Noon, precision: 0, took: 0);
        _clock.Advance(TimeSpan.FromSeconds(10));

        (long earliest, long latest) = _store.At(_store.Local);

        Assert.InRange(earliest, Noon.AddSeconds(9.99).Ticks, Noon.AddSeconds(10).Ticks);
        Assert.InRange(latest, Noon.AddSeconds(10).Ticks, Noon.AddSeconds(10.01).Ticks);
    }

    /// <summary>As a table service tells it: whole seconds, by an answer that took its time.</summary>
    [Fact]
    public void Bounds_ComeCloserWithEachReading_AndTheTruthIsBetween()
    {
        DateTimeOffset truth = Noon.AddMilliseconds(137);
        for (int i = 0; i < 40; i++)
        {
            DateTimeOffset told = truth.AddMilliseconds(10);
            Tell(told.AddTicks(-(told.Ticks % TimeSpan.TicksPerSecond)), precision: 1, took: 0.02);
            truth = truth.AddMilliseconds(20);
            (long earliest, long latest) = _store.At(_store.Local);
            Assert.InRange(truth.Ticks, earliest, latest);
            _clock.Advance(TimeSpan.FromMilliseconds(717));
            truth = truth.AddMilliseconds(717);
        }

        (long from, long to) = _store.At(_store.Local);
        Assert.InRange(TimeSpan.FromTicks(to - from), TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Clock_ThatIsSet_IsBelieved()
    {
        Tell(Noon, precision: 0, took: 0.01);
        Tell(Noon.AddHours(-3), precision: 0, took: 0.01);

        (long earliest, long latest) = _store.At(_store.Local);

        Assert.InRange(Noon.AddHours(-3).Ticks, earliest, latest);
    }

    private void Tell(DateTimeOffset at, double precision, double took)
    {
        long sent = _store.Local;
        _clock.Advance(TimeSpan.FromSeconds(took));
        _store.Tell(sent, new LimitReading([], at, TimeSpan.FromSeconds(precision)));
    }
}
