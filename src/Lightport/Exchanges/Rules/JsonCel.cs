using System.Text.Json;
using Lightport.Cel;
using Lightport.Dialects.Json;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// JSON as the language has it: a whole number that fits is an <c>int</c>, any other number a <c>double</c>.
/// </summary>
internal static class JsonCel
{
    /// <returns>An error where an object has one name twice, once its escapes are read.</returns>
    public static CelValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => CelValue.Of(json.Text()),
        JsonValueKind.True => CelValue.True,
        JsonValueKind.False => CelValue.False,
        JsonValueKind.Number => json.TryGetInt64(out long whole) ? CelValue.Of(whole) : CelValue.Of(json.GetDouble()),
        JsonValueKind.Array => CelValue.Of(CelList.Of(json.EnumerateArray().Select(Of))),
        JsonValueKind.Object => OfObject(json),
        _ => CelValue.Null,
    };

    private static CelValue OfObject(JsonElement json)
    {
        Dictionary<string, CelValue> fields = new(StringComparer.Ordinal);
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (!fields.TryAdd(LenientText.Name(property), Of(property.Value)))
            {
                return CelValue.Error("an object has one name twice");
            }
        }

        return CelValue.Of(CelMap.Of(fields));
    }
}
