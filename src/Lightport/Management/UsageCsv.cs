using System.Globalization;
using System.Text;

namespace Lightport.Management;

/// <summary>Sums of usage as a table for spreadsheets: RFC 4180, without the total.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc4180"/>
internal static class UsageCsv
{
    public const string MediaType = "text/csv";

    private const string KeyTag = "tag.";

    private static readonly (string Name, Func<UsageAnswer.Row, object?> Value)[] Sums =
    [
        ("requests", row => row.Requests),
        ("errors", row => row.Errors),
        ("estimated", row => row.Estimated),
        ("input", row => row.Input),
        ("cache_read", row => row.CacheRead),
        ("cache_write", row => row.CacheWrite),
        ("input_audio", row => row.InputAudio),
        ("output", row => row.Output),
        ("reasoning", row => row.Reasoning),
        ("output_audio", row => row.OutputAudio),
        ("web_searches", row => row.WebSearches),
        ("failed_attempts", row => row.FailedAttempts),
        ("unpriced", row => row.Unpriced),
        ("cost_usd", row => row.CostUsd),
        ("input_cost_usd", row => row.InputCostUsd),
        ("output_cost_usd", row => row.OutputCostUsd),
        ("tool_cost_usd", row => row.ToolCostUsd),
        ("lost_cost_usd", row => row.LostCostUsd),
        ("estimated_cost_usd", row => row.EstimatedCostUsd),
        ("first_byte_ms_p50", row => row.FirstByteMs?.P50),
        ("first_byte_ms_p90", row => row.FirstByteMs?.P90),
        ("first_byte_ms_p99", row => row.FirstByteMs?.P99),
        ("duration_ms_p50", row => row.DurationMs?.P50),
        ("duration_ms_p90", row => row.DurationMs?.P90),
        ("duration_ms_p99", row => row.DurationMs?.P99),
    ];

    public static byte[] Of(UsageAnswer answer)
    {
        var csv = new StringBuilder();
        IEnumerable<string> names = answer.By.SelectMany(by => by == "key" ? ["key_id", "key"] : new[] { by });
        Line(csv, [.. names.Select(Text), .. Sums.Select(sum => sum.Name), "price_versions"]);
        foreach (UsageAnswer.Row row in answer.Rows)
        {
            Line(
                csv,
                [
                    .. answer.By.SelectMany(by => Cells(row, by)).Select(Text),
                    .. Sums.Select(sum => Convert.ToString(sum.Value(row), CultureInfo.InvariantCulture) ?? ""),
                    Text(string.Join(", ", row.PriceVersions)),
                ]);
        }

        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static string?[] Cells(UsageAnswer.Row row, string by) => by switch
    {
        "key" => [row.KeyId, row.Key],
        "model" => [row.Model],
        "provider" => [row.Provider],
        "route" => [row.Route],
        "tag" => [row.Tag],
        "day" => [row.Day],
        "hour" => [row.Hour],
        _ => [row.KeyTags![by[KeyTag.Length..]]],
    };

    private static void Line(StringBuilder csv, IEnumerable<string> cells) =>
        csv.AppendJoin(',', cells).Append("\r\n");

    /// <summary>
    /// A text of somebody else's as a cell. One that a spreadsheet would take for a formula gets an apostrophe before
    /// it; a dash alone, which stands for nothing, is none.
    /// </summary>
    /// <seealso href="https://owasp.org/www-community/attacks/CSV_Injection"/>
    private static string Text(string? text)
    {
        string cell = text is null or "" or "-" ? text ?? ""
            : text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text
            : text;
        return cell.AsSpan().IndexOfAny(",\"\r\n") < 0
            ? cell
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
