using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.McpDoor;

/// <summary>What a tool is called with. Every complaint names the argument, so that a model can mend it.</summary>
internal sealed class ToolArguments(IDictionary<string, JsonElement>? given)
{
    /// <exception cref="GatewayException">There is an argument that the tool does not take.</exception>
    public void RefuseOthers(params ReadOnlySpan<string> taken)
    {
        foreach (string name in given?.Keys ?? [])
        {
            if (!taken.Contains(name))
            {
                throw GatewayException.BadRequest(
                    $"This tool takes the arguments {string.Join(", ", taken!)} and no other.", name);
            }
        }
    }

    /// <exception cref="GatewayException">It is missing, empty, or no text.</exception>
    public string Text(string name) => OptionalText(name) is { Length: > 0 } text
        ? text
        : throw GatewayException.BadRequest($"'{name}' must be a text that is not empty.", name);

    /// <exception cref="GatewayException">It is no text.</exception>
    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        _ => throw GatewayException.BadRequest($"'{name}' must be a text.", name),
    };

    /// <exception cref="GatewayException">It is no whole number above zero.</exception>
    public int? OptionalCount(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int count) && count > 0 => count,
        _ => throw GatewayException.BadRequest($"'{name}' must be a whole number above zero.", name),
    };

    /// <summary>All of them, as one object.</summary>
    public JsonElement ToJson()
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in given ?? new Dictionary<string, JsonElement>())
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.Written.Span);
    }

    private JsonElement? Find(string name) =>
        given is not null && given.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
