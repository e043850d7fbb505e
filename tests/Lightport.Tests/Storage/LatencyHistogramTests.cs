using Lightport.Storage;

namespace Lightport.Tests.Storage;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_IsOffByATenthAtMost()
    {
        var random = new Random(7);
        foreach (int scale in (int[])[5, 300, 20_000, 900_000])
        {
            double[] times = [.. Enumerable.Range(0, 2_000).Select(_ => scale * (0.2 + random.NextDouble())).Order()];
            LatencyHistogram histogram = Of(times);
            foreach (double share in (double[])[0.5, 0.9, 0.99])
            {
                double exact = times[(int)Math.Ceiling(share * times.Length) - 1];
                Assert.InRange(histogram.Percentile(share)!.Value.TotalMilliseconds, exact * 0.9, exact * 1.1);
            }
        }
    }

    [Fact]
    public void Sums_OfAnyParts_AreThatOfTheWhole()
    {
        var random = new Random(11);
        for (int round = 0; round < 50; round++)
        {
            double[] times = [.. Enumerable.Range(0, 200).Select(_ => Math.Pow(10, (random.NextDouble() * 9) - 1))];
            var sum = new LatencyHistogram();
            foreach (double[] part in times.Chunk(random.Next(1, 60)))
            {
                sum.Add(LatencyHistogram.Parse(Of(part).ToString())!);
            }

            Assert.Equal(Of(times), sum);
            Assert.Equal(times.Length, sum.Count);
        }
    }

    [Theory]
    [InlineData("0:1")]
    [InlineData("12:3 40:1 87:9223372036854775807")]
    [InlineData("")]
    public void Parse_WhatIsWritten_IsTheSameText(string text) =>
        Assert.Equal(text, LatencyHistogram.Parse(text)!.ToString());

    [Theory]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("1:")]
    [InlineData("1:0")]
    [InlineData("1:-3")]
    [InlineData("-1:3")]
    [InlineData("88:1")]
    [InlineData("2:1 1:1")]
    [InlineData("1:1 1:1")]
    [InlineData("1:1  2:1")]
    [InlineData(" ")]
    [InlineData("1:99999999999999999999")]
    public void Parse_AnythingElse_IsNone(string text) => Assert.Null(LatencyHistogram.Parse(text));

    [Fact]
    public void Add_MoreThanANumberHolds_StaysAtItsEnd()
    {
        LatencyHistogram most = LatencyHistogram.Parse($"3:{long.MaxValue}")!;
        most.Add(most);

        Assert.Equal(long.MaxValue, most.Count);
    }

    [Fact]
    public void Percentile_OfNothing_IsNone() => Assert.Null(new LatencyHistogram().Percentile(0.5));

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(1e12)]
    public void Add_TimeBeyondTheBuckets_IsInTheLastOne(double milliseconds) =>
        Assert.Equal(1, Of(milliseconds).Count);

    private static LatencyHistogram Of(params double[] milliseconds)
    {
        var histogram = new LatencyHistogram();
        foreach (double time in milliseconds)
        {
            histogram.Add(TimeSpan.FromMilliseconds(time));
        }

        return histogram;
    }
}
