using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// The id of an earlier request or answer in an object of a body, with which the provider is to compare: what it tells
/// of that would be told of the prompts of whoever was given the id.
/// </summary>
/// <param name="owner">The object, at the top of the body.</param>
/// <param name="name">Its field.</param>
/// <param name="saysNull">A request that is compared with none has <c>null</c> there, and not nothing.</param>
internal sealed class ComparedId(string owner, string name, bool saysNull)
{
    /// <summary>As a client would look for it among what was dropped.</summary>
    public string Path { get; } = $"{owner}.{name}";

    /// <summary>Whether the body has the object.</summary>
    public bool HasOwner(JsonEnvelope body) => Find(body) is not null;

    /// <summary>All ids that stand there, whichever spelling of the field a provider could read.</summary>
    public IReadOnlyList<string> In(JsonEnvelope body) => Find(body) is not { } found
        ? []
        : [.. found.EnumerateObject()
            .Where(field => IsId(field) && field.Value.ValueKind == JsonValueKind.String)
            .Select(field => field.Value.Text())];

    /// <summary>Writes the body without.</summary>
    public void WriteWithout(JsonEnvelope body, PooledBuffer output)
    {
        var patch = new BodyPatch(body);
        if (Find(body) is { } found)
        {
            patch.Set(owner, Without(found));
        }

        foreach (ReadOnlyMemory<byte> segment in patch.Apply().Segments)
        {
            output.Write(segment.Span);
        }
    }

    private ReadOnlySpan<byte> Without(JsonElement found)
    {
        var value = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(value, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            if (saysNull)
            {
                writer.WriteNull(name);
            }

            foreach (JsonProperty field in found.EnumerateObject().Where(field => !IsId(field)))
            {
                writer.WritePropertyName(LenientText.Name(field));
                writer.WriteMended(field.Value);
            }

            writer.WriteEndObject();
        }

        return value.WrittenSpan;
    }

    private bool IsId(JsonProperty field) => JsonNames.AreSame(LenientText.Name(field), name);

    private JsonElement? Find(JsonEnvelope body) =>
        body.TryGet(owner, out JsonField field) && field.Type == JsonTokenType.StartObject
            ? JsonElement.Parse(body.Value(field))
            : null;
}
