using System.Globalization;
using System.Text;

namespace Lightport.Conversation;

/// <summary>A number that a provider told, which reaches a client digit for digit.</summary>
/// <param name="Value">The nearest double, for whoever reckons with it.</param>
/// <param name="Digits">How it was written, where the double would be written otherwise; null elsewhere.</param>
public readonly record struct ExactNumber(double Value, string? Digits = null)
{
    /// <summary>The longest that a double is ever written, with room to spare.</summary>
    private const int LongestOfDouble = 32;

    /// <param name="number">A number as JSON has it.</param>
    public static ExactNumber Parse(ReadOnlySpan<byte> number)
    {
        double value = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        Span<byte> own = stackalloc byte[LongestOfDouble];
        value.TryFormat(own, out int length, provider: CultureInfo.InvariantCulture);
        return number.SequenceEqual(own[..length]) ? new(value) : new(value, Encoding.ASCII.GetString(number));
    }

    public override string ToString() => Digits ?? Value.ToString(CultureInfo.InvariantCulture);
}
