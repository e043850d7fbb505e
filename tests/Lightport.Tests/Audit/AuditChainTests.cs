using System.Buffers;
using System.Text;
using FsCheck;
using Lightport.Audit;
using Lightport.Usage;

namespace Lightport.Tests.Audit;

/// <summary>A chain of records shows whatever was done to it.</summary>
public sealed class AuditChainTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Sound = [.. Chain(null, 6, out string hash), .. Chain(hash, 5, out _)];

    [Fact]
    public void Chain_OfTwoProcesses_IsWhole()
    {
        AuditVerdict verdict = Verify(Sound);

        Assert.Null(verdict.Broken);
        Assert.Equal(Sound.Length, verdict.Records);
        Assert.Empty(verdict.Notes);
    }

    [Fact]
    public void AnyRecord_ThatIsChanged_IsFound() => Prop.ForAll<NonNegativeInt, NonNegativeInt, byte>(
        (line, at, by) =>
        {
            string[] lines = [.. Sound];
            int index = line.Get % lines.Length;
            byte[] bytes = Encoding.UTF8.GetBytes(lines[index]);
            int place = at.Get % bytes.Length;
            byte other = (byte)(bytes[place] ^ (by == 0 ? 1 : by));
            bytes[place] = other == '\n' ? (byte)'\r' : other;
            return IsFound([.. Lines(lines[..index]), bytes, .. Lines(lines[(index + 1)..])], index);
        }).QuickCheckThrowOnFailure();

    /// <summary>
    /// Of the first record nobody can know here what stood before it, and that the last is missing is an open end.
    /// </summary>
    [Fact]
    public void AnyRecord_ThatIsMissing_IsFound() => Prop.ForAll<NonNegativeInt>(line =>
    {
        int index = 1 + (line.Get % (Sound.Length - 2));
        return IsFound(Lines([.. Sound.Where((_, i) => i != index)]), index);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyTwoRecords_ThatChangePlaces_AreFound() => Prop.ForAll<NonNegativeInt, NonNegativeInt>((one, other) =>
    {
        int first = one.Get % Sound.Length;
        int second = other.Get % Sound.Length;
        string[] lines = [.. Sound];
        (lines[first], lines[second]) = (lines[second], lines[first]);
        return Verify(lines).Broken is null == (first == second);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Record_ThatIsThereTwice_IsFound() =>
        Assert.True(IsFound(Lines([.. Sound[..3], Sound[2], .. Sound[3..]]), 3));

    [Fact]
    public void FirstRecords_ThatAreNotHere_AreNoted()
    {
        AuditVerdict verdict = Verify(Sound[3..]);

        Assert.Null(verdict.Broken);
        Assert.Contains("follows one that is not here", Assert.Single(verdict.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void End_ThatIsMissing_IsNoted() => Assert.Contains(
        "has not ended", Assert.Single(Verify(Sound[..^1]).Notes), StringComparison.Ordinal);

    /// <summary>A killed process leaves a part of a line, and the next goes on after the record before it.</summary>
    [Fact]
    public void Line_ThatWasCutOffByAKill_IsNotedAndNoBreak()
    {
        string[] killed = Chain(null, 4, out _)[..^1];
        string cut = killed[^1][..20];
        string[] next = Chain(Hash(killed[^2]), 3, out _);

        AuditVerdict verdict = Verify([.. killed[..^1], cut, .. next]);

        Assert.Null(verdict.Broken);
        Assert.Contains("line 3: was being written", Assert.Single(verdict.Notes), StringComparison.Ordinal);
    }

    /// <summary>Whoever makes a record unreadable before a start is not taken for a kill.</summary>
    [Fact]
    public void LastRecordOfAProcess_ThatIsSpoilt_IsFound()
    {
        string[] lines = [.. Sound];
        lines[5] = "{}";

        Assert.Contains("line 6: is no record", Verify(lines).Broken, StringComparison.Ordinal);
    }

    /// <summary>A line that is there to its end was not being written, whatever it says.</summary>
    [Theory]
    [InlineData("garbage")]
    [InlineData("{\"chain\":\"process7\",\"seq\":5}\"}")]
    public void LastLine_ThatIsNoBeginningOfARecord_IsFound(string last) => Assert.Contains(
        "is no record", Verify([.. Sound[..^1], last]).Broken, StringComparison.Ordinal);

    [Fact]
    public void Process_ThatWentOnAfterAnEndThatIsMissing_IsNoted()
    {
        string[] cut = Sound[..^2];

        AuditVerdict verdict = Verify([.. cut, .. Chain(Hash(cut[^1]), 3, out _)]);

        Assert.Null(verdict.Broken);
        Assert.Contains("what it wrote last was cut off", Assert.Single(verdict.Notes), StringComparison.Ordinal);
    }

    /// <summary>A last line that is no record may have been cut off, and is noted.</summary>
    private static bool IsFound(byte[][] lines, int index)
    {
        AuditVerdict verdict = Verify(lines);
        return verdict.Broken is { } broken
            ? broken.StartsWith($"audit, line {index + 1}:", StringComparison.Ordinal)
            : index == lines.Length - 1 && verdict.Notes.Count > 0;
    }

    private static byte[][] Lines(string[] lines) => [.. lines.Select(Encoding.UTF8.GetBytes)];

    private static AuditVerdict Verify(string[] lines) => Verify(Lines(lines));

    private static AuditVerdict Verify(byte[][] lines) => AuditVerifier.Verify(
        [("audit", lines.Select(line => (ReadOnlyMemory<byte>)line))]);

    private static string[] Chain(string? previous, int records, out string last)
    {
        var chain = new AuditChain($"process{records}", previous);
        var lines = new ArrayBufferWriter<byte>();
        chain.Append(new AuditBegun(Noon, "0.1.0"), lines);
        for (int i = 2; i < records; i++)
        {
            chain.Append(
                new RequestAudited(
                    Noon.AddSeconds(i),
                    new UsageRecord
                    {
                        RequestId = $"req_{i}",
                        Endpoint = "ChatCompletions",
                        Key = "Jürgen \"x\"\n",
                        Status = 200,
                        EndedAt = Noon,
                        Duration = TimeSpan.FromSeconds(1),
                    },
                    null),
                lines);
        }

        chain.Append(new AuditEnded(Noon, ByConfiguration: false), lines);
        string[] told = Encoding.UTF8.GetString(lines.WrittenSpan).TrimEnd('\n').Split('\n');
        last = Hash(told[^1]);
        return told;
    }

    private static string Hash(string line) => line[^66..^2];
}
