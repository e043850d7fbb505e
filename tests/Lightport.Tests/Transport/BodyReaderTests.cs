using Lightport.Tests.Exchanges;
using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport;

public sealed class BodyReaderTests
{
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(16_385)]
    [InlineData(131_072)]
    [InlineData(1_000_003)]
    [InlineData((9 * Mebibyte) + 7)]
    public async Task Read_HoweverItCame_BringsTheBytes(int length)
    {
        byte[] body = new byte[length];
        new Random(length).NextBytes(body);
        foreach (int piece in (int[])[1021, 65_536, int.MaxValue])
        {
            foreach (long? announced in (long?[])[length, null])
            {
                using PooledBuffer? read = await BodyReader.ReadAsync(
                    new CutBody(body, piece),
                    announced,
                    100 * Mebibyte,
                    new BodyBudget(100 * Mebibyte),
                    CancellationToken.None);

                Assert.True(read!.Written.Span.SequenceEqual(body), $"{piece} {announced}");
            }
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task Read_OfTheLimitAndOneMore_TakesTheOneAlone(bool announced, bool fits)
    {
        byte[] body = new byte[fits ? 100_000 : 100_001];

        using PooledBuffer? read = await BodyReader.ReadAsync(
            new CutBody(body, 4096),
            announced ? body.Length : null,
            100_000,
            new BodyBudget(Mebibyte),
            CancellationToken.None);

        Assert.Equal(fits, read is not null);
    }

    /// <summary>What is rented while it grows the last time is an eighth of the whole.</summary>
    [Fact]
    public async Task Read_OfALongAnnouncedBody_NeedsLittleMoreThanItsLength()
    {
        const int Length = 90 * Mebibyte;

        using PooledBuffer? read = await BodyReader.ReadAsync(
            new CutBody(new byte[Length], int.MaxValue),
            Length,
            100 * Mebibyte,
            new BodyBudget(140 * Mebibyte),
            CancellationToken.None);

        Assert.Equal(Length, read!.Length);
    }

    [Fact]
    public async Task Read_OfAnAnnouncementAlone_RentsNextToNothing()
    {
        var body = new ScriptedBody().Tell("{");
        using var leaving = new CancellationTokenSource();
        ValueTask<PooledBuffer?> reading = BodyReader.ReadAsync(
            body, 100 * Mebibyte, 100 * Mebibyte, new BodyBudget(64 * 1024), leaving.Token);
        await body.Hungry;
        await leaving.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(reading.AsTask);
    }
}
