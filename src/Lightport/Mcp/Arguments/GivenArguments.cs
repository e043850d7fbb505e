using System.Buffers;
using System.Text.Json;

namespace Lightport.Mcp.Arguments;

/// <summary>
/// What of a model's arguments is given: models write <c>null</c> for an argument that they do not give, as strict
/// schemas have taught them to, and servers refuse it where their schema says of another type that it may be left out.
/// </summary>
internal static class GivenArguments
{
    /// <summary>
    /// The arguments without those that are null, need not be there, and may not be null: what stands in the schema's
    /// outermost <c>properties</c> alone.
    /// </summary>
    public static JsonElement Of(JsonElement schema, JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object
            || schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out JsonElement properties)
            || properties.ValueKind != JsonValueKind.Object
            || !arguments.EnumerateObject().Any(IsLeftOut))
        {
            return arguments;
        }

        var given = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(given))
        {
            writer.WriteStartObject();
            foreach (JsonProperty argument in arguments.EnumerateObject().Where(argument => !IsLeftOut(argument)))
            {
                argument.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(given.WrittenSpan);

        bool IsLeftOut(JsonProperty argument) => argument.Value.ValueKind == JsonValueKind.Null
            && properties.TryGetProperty(argument.Name, out JsonElement its)
            && !IsRequired(schema, argument.Name)
            && new SchemaWalk(schema).Problem(its, argument.Value, argument.Name, depth: 1) is not null;
    }

    private static bool IsRequired(JsonElement schema, string name) =>
        schema.TryGetProperty("required", out JsonElement names)
        && names.ValueKind == JsonValueKind.Array
        && names.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(name));
}
