using Lightport.Routing.State;

namespace Lightport.Tests.Routing.State;

public sealed class LatencyClassesTests
{
    private readonly LatencyClasses _classes = new();

    [Fact]
    public void Longest_OfTooFewAnswers_IsUnknown()
    {
        Add(LatencyClasses.Fewest - 1, milliseconds: 100);
        Assert.Null(_classes.Longest(0.95));

        Add(1, milliseconds: 100);
        Assert.NotNull(_classes.Longest(0.95));
    }

    [Fact]
    public void Longest_OfAShare_IsWithinAFifthOfIt()
    {
        Add(95, milliseconds: 200);
        Add(5, milliseconds: 9000);

        Assert.InRange(_classes.Longest(0.95)!.Value.TotalMilliseconds, 200, 240);
        Assert.InRange(_classes.Longest(0.99)!.Value.TotalMilliseconds, 9000, 10_800);
    }

    [Fact]
    public void Longest_ForgetsWhatIsOld()
    {
        Add(900, milliseconds: 9000);
        Add(9000, milliseconds: 100);

        Assert.InRange(_classes.Longest(0.95)!.Value.TotalMilliseconds, 100, 120);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e12)]
    public void Add_OfAnyLength_IsCounted(double milliseconds)
    {
        Add(LatencyClasses.Fewest, milliseconds);

        Assert.NotNull(_classes.Longest(0.5));
    }

    private void Add(int times, double milliseconds)
    {
        for (int answer = 0; answer < times; answer++)
        {
            _classes.Add(TimeSpan.FromMilliseconds(milliseconds));
        }
    }
}
