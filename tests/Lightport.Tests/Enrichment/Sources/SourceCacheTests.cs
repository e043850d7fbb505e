using Lightport.Enrichment.Sources;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>How much of what sources say is remembered.</summary>
public sealed class SourceCacheTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Answers_TogetherAreOfALengthAtMost()
    {
        var cache = new SourceCache(_clock, most: 100, longest: 1_000);
        for (int i = 0; i < 20; i++)
        {
            await cache.GetAsync(Question("big", i), () => Task.FromResult(new string('a', 300)), default);
        }

        int known = 0;
        for (int i = 0; i < 20; i++)
        {
            known += await IsKnownAsync(cache, Question("big", i)) ? 1 : 0;
        }

        Assert.Equal(3, known);
    }

    [Fact]
    public async Task Answer_ThatIsLongerThanAllMayBe_IsGivenAndNotRemembered()
    {
        var cache = new SourceCache(_clock, most: 100, longest: 100);

        string text = await cache.GetAsync(
            Question("big", 0), () => Task.FromResult(new string('a', 300)), default);

        Assert.Equal(300, text.Length);
        Assert.False(await IsKnownAsync(cache, Question("big", 0)));
    }

    /// <summary>However long its own answers serve.</summary>
    [Theory]
    [InlineData(10, 1_000)]
    [InlineData(1_000, 100)]
    public async Task Source_ThatIsAskedEverOtherThings_PushesOutNoOthersAnswer(int most, int longest)
    {
        var cache = new SourceCache(_clock, most, longest);
        await cache.GetAsync(Question("small", 0, minutes: 1), () => Task.FromResult("0123456789"), default);
        for (int i = 0; i < 50; i++)
        {
            await cache.GetAsync(Question("big", i), () => Task.FromResult("0123456789"), default);
        }

        Assert.True(await IsKnownAsync(cache, Question("small", 0, minutes: 1)));
    }

    /// <summary>Asks without leaving a trace: a reading that fails is not kept.</summary>
    private static async Task<bool> IsKnownAsync(SourceCache cache, SourceQuestion question)
    {
        try
        {
            await cache.GetAsync(question, () => Task.FromException<string>(new SourceException("asked")), default);
            return true;
        }
        catch (SourceException)
        {
            return false;
        }
    }

    private static SourceQuestion Question(string source, int number, int minutes = 1_000) => new(
        new TextSource(source, "") { Cache = TimeSpan.FromMinutes(minutes) },
        new Uri($"https://127.0.0.1/{number}"),
        "");
}
