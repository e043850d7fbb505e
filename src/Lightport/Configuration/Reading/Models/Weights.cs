using System.Globalization;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>weight</c> of a target or an account.</summary>
internal static class Weights
{
    public const string Key = "weight";

    private const int Heaviest = 1000;

    /// <returns>1 where none is written, or none that can be.</returns>
    public static int Read(Section section)
    {
        if (section.Text(Key) is not { } text)
        {
            return 1;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int weight) && weight <= Heaviest)
        {
            return weight;
        }

        section.Errors.Add(
            section.Find(Key)!,
            $"{section.Path}.{Key} must be a whole number from 0 to {Heaviest}; 0 is asked only after all others.");
        return 1;
    }
}
