using System.Buffers;
using System.Runtime.CompilerServices;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport.Body;

public sealed class PooledBufferTests
{
    private const int Mebibyte = 1024 * 1024;

    [Fact]
    public void Write_AsItGrows_KeepsTheBytesAndTakesOfTheBudgetWhatItHolds()
    {
        var budget = new BodyBudget(32 * Mebibyte);
        for (int i = 0; i < 100; i++)
        {
            using var buffer = new PooledBuffer(16, budget);
            byte[] written = new byte[5 * Mebibyte];
            written.AsSpan().Fill((byte)i);
            for (int at = 0; at < written.Length; at += 100_000)
            {
                buffer.Write(written.AsSpan(at, Math.Min(100_000, written.Length - at)));
            }

            Assert.True(buffer.Written.Span.SequenceEqual(written));
        }
    }

    [Fact]
    public void Grow_PastTheBudget_LeavesTheBufferAsItWas()
    {
        using var buffer = new PooledBuffer(16, new BodyBudget(8 * Mebibyte));
        buffer.Write("kept"u8);

        BodyBudgetException refused = Assert.Throws<BodyBudgetException>(() => buffer.Grow(7 * Mebibyte));

        Assert.False(refused.Passes);
        Assert.True(buffer.Written.Span.SequenceEqual("kept"u8));
    }

    [Fact]
    public void Take_OfLargeOnes_LeavesTheShareOfSmallOnes()
    {
        var budget = new BodyBudget(8 * Mebibyte);
        using var large = new PooledBuffer(6 * Mebibyte, budget);

        Assert.True(Assert.Throws<BodyBudgetException>(() => new PooledBuffer(2 * Mebibyte, budget)).Passes);

        using var small = new PooledBuffer(Mebibyte, budget);
        using var other = new PooledBuffer(Mebibyte, budget);
        Assert.Throws<BodyBudgetException>(() => new PooledBuffer(BodyBudget.Trifle + 1, budget));
    }

    [Fact]
    public void Dispose_WhileSomebodyReads_GivesTheMemoryBackOnlyAfter()
    {
        var budget = new BodyBudget(8 * Mebibyte);
        var buffer = new PooledBuffer(6 * Mebibyte, budget);
        buffer.Write("read"u8);
        ReadOnlyMemory<byte> read = buffer.Written;
        buffer.Hold();

        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<BodyBudgetException>(() => new PooledBuffer(6 * Mebibyte, budget));
        Assert.True(read.Span.SequenceEqual("read"u8));

        buffer.Release();
        using var next = new PooledBuffer(6 * Mebibyte, budget);
        Assert.Throws<ObjectDisposedException>(buffer.Hold);
    }

    [Theory]
    [InlineData(2 * Mebibyte)]
    [InlineData(16 * Mebibyte)]
    public void GiveBack_OfMemoryThatNobodyUses_LeavesNoneOfIt(int length)
    {
        WeakReference array = UseOnce(length);

        BodyArrays.GiveBack();

        Assert.False(array.IsAlive);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference UseOnce(int length)
    {
        byte[] array = BodyArrays.Rent(length);
        BodyArrays.Return(array);
        return new WeakReference(array);
    }
}
