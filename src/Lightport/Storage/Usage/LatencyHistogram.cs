using System.Globalization;
using System.Text;

namespace Lightport.Storage;

/// <summary>
/// How many took how long, in fixed buckets that grow by a quarter of an octave from 1 ms up to an hour: two of them
/// add up to one, and a percentile is off by a tenth at most. Not safe for several threads.
/// </summary>
public sealed class LatencyHistogram : IEquatable<LatencyHistogram>
{
    /// <summary>The last one holds all that took longer, too.</summary>
    public const int Buckets = 88;

    private const double InAnOctave = 4;

    private readonly long[] _counts = new long[Buckets];

    public long Count { get; private set; }

    public void Add(TimeSpan time) => Add(BucketOf(time.TotalMilliseconds), 1);

    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < Buckets; i++)
        {
            Add(i, other._counts[i]);
        }
    }

    /// <summary>The time that this share of them took at most, roughly; null where there are none.</summary>
    /// <param name="share">Above 0 up to 1.</param>
    public TimeSpan? Percentile(double share)
    {
        double rank = Math.Max(1, Math.Ceiling(share * Count));
        double passed = 0;
        for (int i = 0; i < Buckets; i++)
        {
            passed += _counts[i];
            if (_counts[i] > 0 && passed >= rank)
            {
                // The middle between both edges, from which neither is farther than a tenth.
                return TimeSpan.FromMilliseconds(Math.Pow(2, (i - 0.5) / InAnOctave));
            }
        }

        return null;
    }

    /// <summary>Reads what <see cref="ToString"/> writes; null where it is anything else.</summary>
    public static LatencyHistogram? Parse(string text)
    {
        var histogram = new LatencyHistogram();
        int last = -1;
        foreach (Range range in text.AsSpan().Split(' '))
        {
            ReadOnlySpan<char> part = text.AsSpan()[range];
            int colon = part.IndexOf(':');
            if (part.Length == 0 && text.Length == 0)
            {
                break;
            }

            if (colon < 0
                || !int.TryParse(part[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int bucket)
                || !long.TryParse(part[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                || bucket <= last
                || bucket >= Buckets
                || count == 0)
            {
                return null;
            }

            histogram.Add(last = bucket, count);
        }

        return histogram;
    }

    /// <summary>The buckets that are not empty, as in <c>12:3 40:1</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Buckets; i++)
        {
            if (_counts[i] > 0)
            {
                text.Append(text.Length == 0 ? "" : " ")
                    .Append(CultureInfo.InvariantCulture, $"{i}:{_counts[i]}");
            }
        }

        return text.ToString();
    }

    public bool Equals(LatencyHistogram? other) =>
        other is not null && _counts.AsSpan().SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as LatencyHistogram);

    public override int GetHashCode() => Count.GetHashCode();

    /// <summary>A sum that stays at the end of what a number holds, so that no row can turn it negative.</summary>
    internal static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;

    /// <summary>Bucket i ends at 2^(i/4) ms.</summary>
    private static int BucketOf(double milliseconds) => milliseconds <= 1
        ? 0
        : (int)Math.Min(Buckets - 1, Math.Ceiling(Math.Log2(milliseconds) * InAnOctave));

    private void Add(int bucket, long count)
    {
        _counts[bucket] = Sum(_counts[bucket], count);
        Count = Sum(Count, count);
    }
}
