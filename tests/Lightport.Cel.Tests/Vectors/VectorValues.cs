using System.Globalization;
using System.Text.Json;
using Lightport.Cel.Values;

namespace Lightport.Cel.Tests.Vectors;

/// <summary>Values and types as the conformance tests write them down.</summary>
internal static class VectorValues
{
    public static CelValue Value(JsonElement json)
    {
        JsonProperty value = json.EnumerateObject().Single();
        return value.Name switch
        {
            "nullValue" => CelValue.Null,
            "boolValue" => CelValue.Of(value.Value.GetBoolean()),
            "int64Value" => CelValue.Of(long.Parse(value.Value.ToString(), CultureInfo.InvariantCulture)),
            "uint64Value" => CelValue.Of(ulong.Parse(value.Value.ToString(), CultureInfo.InvariantCulture)),
            "doubleValue" => CelValue.Of(double.Parse(value.Value.ToString(), CultureInfo.InvariantCulture)),
            "stringValue" => CelValue.Of(value.Value.GetString()!),
            "bytesValue" => CelValue.Of(value.Value.GetBytesFromBase64()),
            "typeValue" => CelValue.Of(CelType.Opaque(value.Value.GetString()!)),
            "listValue" => CelValue.Of(CelList.Of(Items(value.Value, "values").Select(Value))),
            "mapValue" => CelValue.Of(Map(value.Value)),
            _ => throw new NotSupportedException(value.Name),
        };
    }

    public static CelType Type(JsonElement json)
    {
        JsonProperty type = json.EnumerateObject().Single();
        return (type.Name, type.Value.ToString()) switch
        {
            ("dyn", _) => CelType.Dyn,
            ("null", _) => CelType.Null,
            ("primitive", "BOOL") => CelType.Bool,
            ("primitive", "INT64") => CelType.Int,
            ("primitive", "UINT64") => CelType.Uint,
            ("primitive", "DOUBLE") => CelType.Double,
            ("primitive", "STRING") => CelType.String,
            ("primitive", "BYTES") => CelType.Bytes,
            ("typeParam", var name) => CelType.Parameter(name),
            ("listType", _) => CelType.List(Type(type.Value.GetProperty("elemType"))),
            ("mapType", _) =>
                CelType.Map(Type(type.Value.GetProperty("keyType")), Type(type.Value.GetProperty("valueType"))),
            ("abstractType", _) => CelType.Opaque(
                type.Value.GetProperty("name").GetString()!, [.. Items(type.Value, "parameterTypes").Select(Type)]),
            _ => throw new NotSupportedException(type.Name),
        };
    }

    public static CelOverload Overload(JsonElement json) => new(
        json.TryGetProperty("isInstanceFunction", out _),
        [.. Items(json, "params").Select(Type)],
        Type(json.GetProperty("resultType")),
        (_, _) => CelValue.Error("only declared"));

    private static KeyedMap Map(JsonElement json)
    {
        KeyedMap map = new();
        foreach (JsonElement entry in Items(json, "entries"))
        {
            Assert.True(map.TryAdd(Value(entry.GetProperty("key")), Value(entry.GetProperty("value"))));
        }

        return map;
    }

    private static JsonElement[] Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement items) ? [.. items.EnumerateArray()] : [];
}
