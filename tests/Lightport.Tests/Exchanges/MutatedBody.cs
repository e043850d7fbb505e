using System.Text;
using System.Text.Json;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// A good body with one value exchanged, for every place in it and every kind of value: what a careless client, a
/// broken one and a hostile one send.
/// </summary>
internal static class MutatedBody
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\" \"", "\"x\"",
        "\"\\ud800\"", "\"\\udc00x\"", "\"data:\"", "\"data:;base64,\"", "[]", "{}", "[null]", "[false]", "[\"\\ud800\"]",
        "[[]]", "[{}]", "{\"type\":null}", "{\"type\":\"\\ud800\"}", "{\"type\":[\"\\ud800\",1,null]}",
        "{\"type\":\"object\",\"properties\":false}", "{\"\\ud800\":1}", "{\"x\":{\"\\ud800\":1}}", "{\"$ref\":\"#\"}",
    ];

    /// <summary>Names that a field is called instead of its own.</summary>
    private static readonly string[] Names = ["\"\\ud800\"", "\"\"", "\"__proto__\"", "\"a.b\""];

    public static IEnumerable<string> Of(string body)
    {
        using JsonDocument document = JsonDocument.Parse(body);
        for (int place = 0; ; place++)
        {
            bool found = false;
            foreach (string value in Values)
            {
                found |= TryWrite(document.RootElement, place, value, exchangeName: false, out string mutated);
                yield return mutated;
            }

            foreach (string name in Names)
            {
                if (TryWrite(document.RootElement, place, name, exchangeName: true, out string mutated))
                {
                    yield return mutated;
                }
            }

            if (!found)
            {
                yield break;
            }
        }
    }

    private static bool TryWrite(JsonElement root, int place, string text, bool exchangeName, out string mutated)
    {
        var output = new StringBuilder();
        bool written = false;
        int next = 0;
        Write(root);
        mutated = output.ToString();
        return written;

        void Write(JsonElement element)
        {
            if (next++ == place && !exchangeName)
            {
                output.Append(text);
                written = true;
                return;
            }

            char? comma = null;
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    output.Append('{');
                    foreach (JsonProperty property in element.EnumerateObject())
                    {
                        bool exchanged = exchangeName && next == place;
                        written |= exchanged;
                        output.Append(comma).Append(exchanged ? text : $"\"{property.Name}\"").Append(':');
                        comma = ',';
                        Write(property.Value);
                    }

                    output.Append('}');
                    break;
                case JsonValueKind.Array:
                    output.Append('[');
                    foreach (JsonElement item in element.EnumerateArray())
                    {
                        output.Append(comma);
                        comma = ',';
                        Write(item);
                    }

                    output.Append(']');
                    break;
                default:
                    output.Append(element.GetRawText());
                    break;
            }
        }
    }
}
