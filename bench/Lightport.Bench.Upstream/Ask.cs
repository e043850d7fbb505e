using System.Buffers;
using System.IO.Pipelines;

namespace Lightport.Bench.Upstream;

/// <summary>What a request asks for, as far as this provider cares.</summary>
/// <param name="Stream">A stream is wanted.</param>
/// <param name="IncludeUsage">Chat's usage chunk is wanted.</param>
/// <param name="Slow">The model's name ends in <c>-slow</c>: one event a second.</param>
/// <param name="Flood">The model's name ends in <c>-flood</c>: 300 MB as fast as they are taken.</param>
internal readonly record struct Ask(bool Stream, bool IncludeUsage, bool Slow, bool Flood)
{
    /// <summary>Longer bodies are only drained: they measure the way in, and ask for nothing special.</summary>
    private const int Inspected = 16 * 1024;

    public static async ValueTask<Ask> ReadAsync(PipeReader body)
    {
        while (true)
        {
            ReadResult read = await body.ReadAsync();
            if (read.IsCompleted)
            {
                Ask ask = read.Buffer.Length <= Inspected ? Inspect(read.Buffer) : default;
                body.AdvanceTo(read.Buffer.End);
                return ask;
            }

            if (read.Buffer.Length > Inspected)
            {
                return await DrainAsync(body, read.Buffer.End);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async ValueTask<Ask> DrainAsync(PipeReader body, SequencePosition taken)
    {
        body.AdvanceTo(taken);
        ReadResult read;
        do
        {
            read = await body.ReadAsync();
            body.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);
        return default;
    }

    private static Ask Inspect(in ReadOnlySequence<byte> body)
    {
        ReadOnlySpan<byte> text = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        return new Ask(
            IsTrue(text, "\"stream\":"u8),
            IsTrue(text, "\"include_usage\":"u8),
            text.IndexOf("-slow\""u8) >= 0,
            text.IndexOf("-flood\""u8) >= 0);
    }

    private static bool IsTrue(ReadOnlySpan<byte> text, ReadOnlySpan<byte> field)
    {
        int at = text.IndexOf(field);
        return at >= 0 && text[(at + field.Length)..].TrimStart((byte)' ').StartsWith("true"u8);
    }
}
