using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

public sealed class SseFrameReaderLimitTests
{
    private const int Mebibyte = 1024 * 1024;
    // Small enough that a reader which looks through its buffer anew at each piece would take minutes.
    private const int PieceBytes = 64;

    [Fact]
    public void TryRead_TenMebibytesInOneEvent_GivesItWhole()
    {
        using var reader = new SseFrameReader();
        SseCutter.Feed(reader, "data: "u8);
        Fill(reader, 10 * Mebibyte);
        SseCutter.Feed(reader, "\n\n"u8);

        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal(10 * Mebibyte, frame.Data.Length);
        Assert.False(frame.Data.ContainsAnyExcept((byte)'x'));
    }

    /// <summary>How often the buffer grows is how often the event is copied.</summary>
    [Fact]
    public void GetMemory_TenMebibytesInOneEvent_DoublesItsBuffer()
    {
        using var reader = new SseFrameReader();
        SseCutter.Feed(reader, "data: "u8);
        int growths = 0;
        int left = 0;
        for (int held = 0; held < 10 * Mebibyte; held += PieceBytes)
        {
            Memory<byte> room = reader.GetMemory(PieceBytes);
            growths += room.Length > left ? 1 : 0;
            left = room.Length - PieceBytes;
            room.Span[..PieceBytes].Fill((byte)'x');
            reader.Advance(PieceBytes);
            Assert.False(reader.TryRead(out _));
        }

        Assert.InRange(growths, 1, 24);
    }

    [Fact]
    public void GetMemory_FrameOverTheLimit_IsRefused()
    {
        using var reader = new SseFrameReader();
        SseCutter.Feed(reader, "data: "u8);

        var refusal = Assert.Throws<FrameTooLargeException>(() => Fill(reader, 17 * Mebibyte));
        Assert.Contains("16777216", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetMemory_ManyFramesOverTheLimitTogether_AreRead()
    {
        using var reader = new SseFrameReader(maxFrameBytes: 64);
        int read = 0;
        for (int index = 0; index < 100; index++)
        {
            SseCutter.Feed(reader, "data: 0123456789\n\n"u8);
            while (reader.TryRead(out _))
            {
                read++;
            }
        }

        Assert.Equal(100, read);
    }

    [Fact]
    public void Release_NothingHeld_GivesTheBufferBackAndReadsOn()
    {
        using var reader = new SseFrameReader();
        SseCutter.Feed(reader, "data: a\n\n"u8);
        Assert.True(reader.TryRead(out _));
        Assert.False(reader.HasPartialFrame);
        reader.Release();

        SseCutter.Feed(reader, "data: b\n\n"u8);
        Assert.True(reader.TryRead(out Frame frame));
        Assert.Equal("b"u8, frame.Data);
    }

    private static void Fill(SseFrameReader reader, int bytes)
    {
        Span<byte> piece = stackalloc byte[PieceBytes];
        piece.Fill((byte)'x');
        for (int sent = 0; sent < bytes; sent += PieceBytes)
        {
            SseCutter.Feed(reader, piece);
            Assert.False(reader.TryRead(out _));
        }
    }
}
