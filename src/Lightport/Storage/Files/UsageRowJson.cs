using System.Globalization;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>A row of usage as a JSON object that a person can read; what is 0 or empty is left out.</summary>
internal static class UsageRowJson
{
    private const string Format = "format";
    private const string FirstByte = "first_byte";
    private const string Duration = "duration";

    public static void Write(Utf8JsonWriter writer, UsageRow row)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Format, UsageRow.Format);
        writer.WriteString("key_id", row.KeyId);
        writer.WriteString("key_name", row.KeyName);
        writer.WriteString("hour", row.Hour);
        writer.WriteString("instance", row.Instance);
        writer.WriteString("model", row.Model);
        WriteText(writer, "route", row.Route);
        WriteText(writer, "tag", row.Tag);
        WriteText(writer, "key_tags", row.KeyTags);
        WriteText(writer, "price_versions", row.PriceVersions);
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            if (row.Sums[measure] is not 0 and var sum)
            {
                writer.WriteNumber(UsageSums.Word(measure), sum);
            }
        }

        WriteText(writer, FirstByte, row.Sums.FirstByte.ToString());
        WriteText(writer, Duration, row.Sums.Duration.ToString());
        writer.WriteEndObject();
    }

    /// <exception cref="FormatException">It is no row that this release understands; the message says why.</exception>
    public static UsageRow Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is no object");
        }

        if (Number(row, Format) is > UsageRow.Format)
        {
            throw new FormatException("it was written by a newer release");
        }

        var sums = new UsageSums { FirstByte = Histogram(row, FirstByte), Duration = Histogram(row, Duration) };
        foreach (UsageMeasure measure in UsageSums.Measures)
        {
            sums[measure] = Number(row, UsageSums.Word(measure)) ?? 0;
        }

        return new UsageRow
        {
            KeyId = Text(row, "key_id") ?? throw Missing("key_id"),
            KeyName = Text(row, "key_name") ?? "",
            Hour = DateTimeOffset.TryParse(
                Text(row, "hour"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var hour)
                    ? hour
                    : throw Missing("hour"),
            Instance = Text(row, "instance") ?? throw Missing("instance"),
            Model = Text(row, "model") ?? throw Missing("model"),
            Route = Text(row, "route") ?? "",
            Tag = Text(row, "tag") ?? "",
            KeyTags = Text(row, "key_tags") ?? "",
            PriceVersions = Text(row, "price_versions") ?? "",
            Sums = sums,
        };
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteString(name, text);
        }
    }

    private static string? Text(JsonElement row, string name) =>
        !row.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw new FormatException($"its {name} is no text");

    private static long? Number(JsonElement row, string name) =>
        !row.TryGetProperty(name, out JsonElement value) ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number
            : throw new FormatException($"its {name} is no whole number");

    private static LatencyHistogram Histogram(JsonElement row, string name) =>
        LatencyHistogram.Parse(Text(row, name) ?? "")
        ?? throw new FormatException($"its {name} cannot be read");

    private static FormatException Missing(string name) => new($"it has no {name}");
}
