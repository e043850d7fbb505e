using System.Text;
using FsCheck;

namespace Lightport.Tests.Transport.Framing;

public sealed class SseFrameReaderPropertyTests
{
    /// <summary>What matters to the reader, and what does not.</summary>
    private static readonly string[] Tokens =
        ["\n", "\r", "\r\n", "data", "data:", "data: ", "event:", ":", "\uFEFF", "x", "é", "🧭", "\0", "id: 1"];

    [Fact]
    public void TryRead_AnyCut_GivesTheFramesOfTheWhole()
    {
        Arbitrary<string[]> bodies = Arb.From(Gen.ArrayOf(Gen.Elements(Tokens)));
        Arbitrary<int[]> cuts = Arb.From(Gen.ArrayOf(Gen.Choose(0, 9)));

        Prop.ForAll(bodies, cuts, (tokens, sizes) =>
        {
            byte[] body = Encoding.UTF8.GetBytes(string.Concat(tokens));
            SseOutcome whole = SseCutter.Read(body, int.MaxValue);
            SseOutcome cut = SseCutter.Read(body, sizes);
            return whole.Frames.SequenceEqual(cut.Frames) && whole.Last == cut.Last && body.SequenceEqual(cut.Raw);
        }).Check(Cases(2000, size: 60));
    }

    [Fact]
    public void TryRead_RandomBytes_NeverThrowsOrLosesAByte()
    {
        Prop.ForAll<byte[], byte>((body, size) =>
        {
            SseOutcome outcome = SseCutter.Read(body, Math.Max(1, (int)size));
            return body.SequenceEqual(outcome.Raw);
        }).Check(Cases(1000, size: 300));
    }

    private static FsCheck.Configuration Cases(int count, int size) => new()
    {
        MaxNbOfTest = count,
        EndSize = size,
        QuietOnSuccess = true,
        Runner = Config.QuickThrowOnFailure.Runner,
    };
}
