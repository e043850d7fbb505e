using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// A path out of a JSON answer, of JSONPath (RFC 9535) what one value or all of a list need: <c>$</c>, <c>.name</c>,
/// <c>['name']</c>, <c>[0]</c>, <c>[*]</c>.
/// </summary>
internal sealed class JsonSelector
{
    private const int MostSteps = 32;

    private readonly List<Step> _steps;

    private JsonSelector(List<Step> steps) => _steps = steps;

    /// <summary>Null where the text is no path of this kind.</summary>
    public static JsonSelector? Parse(string text)
    {
        if (!text.StartsWith('$'))
        {
            return null;
        }

        var steps = new List<Step>();
        int at = 1;
        while (at < text.Length)
        {
            if (steps.Count == MostSteps || ReadStep(text, ref at) is not { } step)
            {
                return null;
            }

            steps.Add(step);
        }

        return new JsonSelector(steps);
    }

    /// <summary>The text of what is there: of several a line each, of objects and lists their JSON.</summary>
    /// <returns>Null where nothing is there.</returns>
    public string? Select(JsonElement json)
    {
        List<JsonElement> found = [json];
        foreach (Step step in _steps)
        {
            found = [.. found.SelectMany(step.Of)];
        }

        if (found.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        foreach (JsonElement element in found)
        {
            if (element.ValueKind is not JsonValueKind.Null)
            {
                text.Append(text.Length > 0 ? "\n" : "").Append(
                    element.ValueKind == JsonValueKind.String ? element.GetString() : element.GetRawText());
            }
        }

        return text.ToString();
    }

    private static Step? ReadStep(string text, ref int at)
    {
        int start = at + 1;
        if (text[at] == '.')
        {
            at = start;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '-'))
            {
                at++;
            }

            return at > start ? new Step(text[start..at], null) : null;
        }

        int end = text.IndexOf(']', start);
        if (text[at] != '[' || end < 0)
        {
            return null;
        }

        if (start < text.Length && text[start] is '\'' or '"')
        {
            end = text.IndexOf($"{text[start]}]", start + 1, StringComparison.Ordinal);
            at = end + 2;
            return end < 0 ? null : new Step(text[(start + 1)..end], null);
        }

        at = end + 1;
        string inside = text[start..end];
        if (inside == "*")
        {
            return new Step(null, null);
        }

        return int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? new Step(null, index)
            : null;
    }

    /// <param name="Name">A field; null where it is no name.</param>
    /// <param name="Index">An item; null for all of them.</param>
    private sealed record Step(string? Name, int? Index)
    {
        public IEnumerable<JsonElement> Of(JsonElement element) => (element.ValueKind, Name, Index) switch
        {
            (JsonValueKind.Object, { } name, _) =>
                element.TryGetProperty(name, out JsonElement field) ? [field] : [],
            (JsonValueKind.Array, null, { } index) => index < element.GetArrayLength() ? [element[index]] : [],
            (JsonValueKind.Array, null, null) => element.EnumerateArray(),
            _ => [],
        };
    }
}
