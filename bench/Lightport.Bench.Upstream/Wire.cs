using System.Text;

namespace Lightport.Bench.Upstream;

/// <summary>One vendor's answers, as bytes.</summary>
/// <param name="Unary">A whole answer of about 1 KB.</param>
/// <param name="Opening">The events before the first text, each written and flushed alone.</param>
/// <param name="Delta">One event of text; a stream has <see cref="Deltas"/> of them.</param>
/// <param name="Closing">The events after the last text.</param>
/// <param name="Bulk">64 events of about 1 KB in one piece, for the long stream.</param>
internal sealed record Wire(byte[] Unary, byte[][] Opening, byte[] Delta, byte[][] Closing, byte[] Bulk)
{
    /// <summary>Events of text in one stream.</summary>
    public const int Deltas = 32;

    private const string Sentence = "The harbour was quiet and the light turned slowly. ";

    /// <summary>What chat adds before <c>[DONE]</c> where usage was asked for.</summary>
    public byte[] Usage { get; init; } = [];

    /// <summary>The media type of a stream.</summary>
    public string StreamType { get; init; } = "text/event-stream; charset=utf-8";

    internal static byte[] Event(string json, string? name = null) =>
        Encoding.UTF8.GetBytes((name is null ? "" : $"event: {name}\n") + $"data: {OneLine(json)}\n\n");

    /// <summary>JSON that stands on several lines here and on one on the wire.</summary>
    internal static string OneLine(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()));

    internal static byte[] Repeat(byte[] part, int count) => [.. Enumerable.Repeat(part, count).SelectMany(p => p)];

    /// <summary>Prose of exactly <paramref name="length"/> characters.</summary>
    internal static string Prose(int length) =>
        string.Concat(Enumerable.Repeat(Sentence, (length / Sentence.Length) + 1))[..length];
}
