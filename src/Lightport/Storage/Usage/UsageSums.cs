using System.Text.Json;

namespace Lightport.Storage;

/// <summary>All that adds up across rows of usage. Not safe for several threads.</summary>
public sealed class UsageSums : IEquatable<UsageSums>
{
    private static readonly string[] Words =
        [.. Enum.GetNames<UsageMeasure>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly long[] _values = new long[Words.Length];

    /// <summary>Every measure, in its order.</summary>
    public static IReadOnlyList<UsageMeasure> Measures { get; } = Enum.GetValues<UsageMeasure>();

    /// <summary>From a request's arrival to its answer's first byte, of requests that were answered.</summary>
    public LatencyHistogram FirstByte { get; init; } = new();

    /// <summary>From a request's arrival to its answer's last byte, of requests that were answered.</summary>
    public LatencyHistogram Duration { get; init; } = new();

    /// <exception cref="FormatException">It is negative, which nothing that is counted can be.</exception>
    public long this[UsageMeasure measure]
    {
        get => _values[(int)measure];
        set => _values[(int)measure] = value >= 0
            ? value
            : throw new FormatException($"its {Word(measure)} is negative");
    }

    /// <summary>As JSON calls it (<c>cache_read</c>).</summary>
    public static string Word(UsageMeasure measure) => Words[(int)measure];

    /// <summary>Null where the word is none.</summary>
    public static UsageMeasure? Find(string word) =>
        Array.IndexOf(Words, word) is >= 0 and var index ? (UsageMeasure)index : null;

    /// <param name="amount">Not negative.</param>
    public void Add(UsageMeasure measure, long amount) =>
        _values[(int)measure] = LatencyHistogram.Sum(_values[(int)measure], amount);

    public void Add(UsageSums other)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            _values[i] = LatencyHistogram.Sum(_values[i], other._values[i]);
        }

        FirstByte.Add(other.FirstByte);
        Duration.Add(other.Duration);
    }

    public UsageSums Copy()
    {
        var copy = new UsageSums();
        copy.Add(this);
        return copy;
    }

    public bool Equals(UsageSums? other) =>
        other is not null
        && _values.AsSpan().SequenceEqual(other._values)
        && FirstByte.Equals(other.FirstByte)
        && Duration.Equals(other.Duration);

    public override bool Equals(object? obj) => Equals(obj as UsageSums);

    public override int GetHashCode() => HashCode.Combine(
        this[UsageMeasure.Requests], this[UsageMeasure.Input], this[UsageMeasure.Output], this[UsageMeasure.Cost]);
}
