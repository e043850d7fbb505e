using System.Text.Json;
using Lightport.Routing.State;

namespace Lightport.Exchanges.Health;

/// <summary>Reads and writes the row that instances share.</summary>
internal static class OpenBreakerText
{
    /// <summary>More than a house has targets that fail at once; so many fit into one column of a table.</summary>
    public const int Most = 64;

    /// <summary>None where somebody edited it into something else: the next opening writes it anew.</summary>
    public static IReadOnlyList<OpenBreaker> Read(string text)
    {
        try
        {
            IReadOnlyList<OpenBreakerRow?> rows =
                JsonSerializer.Deserialize(text, HealthJsonContext.Default.IReadOnlyListOpenBreakerRow) ?? [];
            return [.. rows.Take(Most).Select(row => row?.ToOpenBreaker()).OfType<OpenBreaker>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    public static string Write(IEnumerable<OpenBreaker> open) => JsonSerializer.Serialize(
        [.. open.Select(OpenBreakerRow.Of).OfType<OpenBreakerRow>().Take(Most)],
        HealthJsonContext.Default.IReadOnlyListOpenBreakerRow);
}
