using Lightport.Bench.Routing.Clock;

namespace Lightport.Tests.Routing.Simulated;

public sealed class VirtualTimeTests
{
    private readonly VirtualTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Step_GoesToTheNextTimer_AndOfTwoAtOnceToTheOneThatWasSetFirst()
    {
        Set("late", seconds: 3);
        Set("first", seconds: 2);
        Set("second", seconds: 2);

        Assert.True(_time.Step());
        Assert.Equal(TimeSpan.FromSeconds(2), _time.Now);
        Assert.True(_time.Step());
        Assert.True(_time.Step());
        Assert.False(_time.Step());
        Assert.Equal(["first", "second", "late"], _fired);
    }

    [Fact]
    public void Step_PassesOverWhatWasSetBefore_OrDisposedOf()
    {
        ITimer moved = Set("moved", seconds: 1);
        moved.Change(TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        Set("gone", seconds: 2).Dispose();

        Assert.True(_time.Step());
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Now);
        Assert.False(_time.Step());
        Assert.Equal(["moved"], _fired);
    }

    [Fact]
    public async Task Timer_FromAnotherThread_IsRefused()
    {
        var other = new Thread(() => _fired.Add(Record.Exception(() => Set("never", seconds: 1))?.GetType().Name ?? ""));
        other.Start();
        await Task.Run(other.Join);

        Assert.Equal([nameof(InvalidOperationException)], _fired);
    }

    private ITimer Set(string name, double seconds) => _time.CreateTimer(
        _ => _fired.Add(name), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
