using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

public sealed class AwsEventStreamFrameReaderTests
{
    private const string Vectors = "vectors/aws-eventstream/smithy-go";

    private static readonly byte[] Body =
    [
        .. AwsEventStream.Event("messageStart", """{"role":"assistant"}"""),
        .. AwsEventStream.Event("ping", ""),
        .. AwsEventStream.Exception("throttlingException", """{"message":"é🧭"}"""),
    ];

    [Fact]
    public void Checksum_OfTheStandardsExample_IsTheStandards() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    [Fact]
    public void TryRead_AnyCut_GivesTheMessages()
    {
        string[] expected =
            ["""messageStart|{"role":"assistant"}""", "ping|", """throttlingException|{"message":"é🧭"}"""];
        for (int seed = 0; seed < 300; seed++)
        {
            Assert.Equal(
                expected, FrameCutter.Read(new AwsEventStreamFrameReader(), Body, FrameCutter.Cuts(seed)));
        }

        Assert.Equal(expected, FrameCutter.Read(new AwsEventStreamFrameReader(), Body, Enumerable.Repeat(1, Body.Length)));
    }

    /// <summary>Also within the twelve bytes that say how long it is.</summary>
    [Fact]
    public void TryReadLast_WithinAMessage_IsNoFrame()
    {
        for (int length = 1; length < Body.Length; length++)
        {
            Assert.True(FrameCutter.Read(new AwsEventStreamFrameReader(), Body.AsSpan(0, length)).Count < 3);
        }
    }

    [Fact]
    public void TryRead_AnyBitTurned_ThrowsAndGivesNoFrame()
    {
        byte[] message = AwsEventStream.Event("contentBlockDelta", """{"text":"Hello"}""");
        for (int bit = 0; bit < message.Length * 8; bit++)
        {
            byte[] broken = [.. message];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.Throws<MalformedFrameException>(() => FrameCutter.Read(new AwsEventStreamFrameReader(), broken));
        }
    }

    [Fact]
    public void TryRead_LongerThanTheLimit_ThrowsBeforeItIsHeld()
    {
        using var reader = new AwsEventStreamFrameReader(maxFrameBytes: 64);
        SseCutter.Feed(reader, AwsEventStream.Event("x", new string('x', 64)).AsSpan(0, 12));

        Assert.Throws<FrameTooLargeException>(() => reader.TryRead(out _));
    }

    [Theory]
    [InlineData(new byte[] { 9, (byte)'x', 7, 0, 1, (byte)'y' })]
    [InlineData(new byte[] { 1, (byte)'x', 7, 0, 9, (byte)'y' })]
    [InlineData(new byte[] { 1, (byte)'x', 10 })]
    [InlineData(new byte[] { 1, (byte)'x' })]
    [InlineData(new byte[] { 1, (byte)'x', 7, 0 })]
    public void TryRead_HeadersThatAreNone_Throws(byte[] headers) =>
        Assert.Throws<MalformedFrameException>(
            () => FrameCutter.Read(new AwsEventStreamFrameReader(), AwsEventStream.Message(headers, [])));

    [Fact]
    public void Find_AmongHeadersOfEveryType_FindsTheString()
    {
        byte[] headers =
        [
            1, (byte)'a', 0, 1, (byte)'b', 1, 1, (byte)'c', 2, 0, 1, (byte)'d', 3, 0, 0, 1, (byte)'e', 4, 0, 0, 0, 0,
            1, (byte)'f', 5, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'g', 6, 0, 1, 9, 1, (byte)'h', 8, 0, 0, 0, 0, 0, 0, 0, 0,
            1, (byte)'i', 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)'j', 7, 0, 2, (byte)'o', (byte)'k',
        ];
        byte[] message = AwsEventStream.Message(headers, []);

        Assert.Equal("ok", Encoding.UTF8.GetString(AwsEventStreamHeaders.Find(message, "j"u8)));
        Assert.True(AwsEventStreamHeaders.Find(message, "g"u8).IsEmpty);
    }

    [SharedFact(Vectors)]
    public void TryRead_AwsOwnMessages_AreOneFrameEach()
    {
        foreach (string file in Directory.EnumerateFiles(SharedFolder.PathOf($"{Vectors}/encoded/positive")))
        {
            Assert.Single(FrameCutter.Read(new AwsEventStreamFrameReader(), File.ReadAllBytes(file)));
        }
    }

    [SharedFact(Vectors)]
    public void TryRead_AwsOwnBrokenMessages_Throws()
    {
        foreach (string file in Directory.EnumerateFiles(SharedFolder.PathOf($"{Vectors}/encoded/negative")))
        {
            Assert.Throws<MalformedFrameException>(
                () => FrameCutter.Read(new AwsEventStreamFrameReader(), File.ReadAllBytes(file)));
        }
    }
}
