using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Cache diagnostics (https://platform.claude.com/docs/en/build-with-claude/cache-diagnostics): of each request that
/// has the object the account keeps a fingerprint under the answer's id, and tells where a later request that names it
/// differs. That would tell of the prompts of whoever was given the id.
/// </summary>
internal static class AnthropicMessagesDiagnostics
{
    public const string Compared = Field + "." + Previous;

    private const string Field = "diagnostics";
    private const string Previous = "previous_message_id";

    /// <summary>Whether a fingerprint is kept, so that the answer's id can be named.</summary>
    public static bool IsIn(JsonEnvelope body) => Find(body) is not null;

    public static IReadOnlyList<string> ComparedIn(JsonEnvelope body) => Find(body) is not { } diagnostics
        ? []
        : [.. diagnostics.EnumerateObject()
            .Where(field => IsPrevious(field) && field.Value.ValueKind == JsonValueKind.String)
            .Select(field => field.Value.Text())];

    /// <summary>The body with <c>null</c> in the id's place, as a conversation's first request has it.</summary>
    public static void WriteUncompared(JsonEnvelope body, PooledBuffer output)
    {
        var patch = new BodyPatch(body);
        if (Find(body) is { } diagnostics)
        {
            patch.Set(Field, Uncompared(diagnostics));
        }

        foreach (ReadOnlyMemory<byte> segment in patch.Apply().Segments)
        {
            output.Write(segment.Span);
        }
    }

    private static ReadOnlySpan<byte> Uncompared(JsonElement diagnostics)
    {
        var value = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(value, JsonSettings.Writing))
        {
            writer.WriteStartObject();
            writer.WriteNull(Previous);
            foreach (JsonProperty field in diagnostics.EnumerateObject().Where(field => !IsPrevious(field)))
            {
                writer.WritePropertyName(LenientText.Name(field));
                writer.WriteMended(field.Value);
            }

            writer.WriteEndObject();
        }

        return value.WrittenSpan;
    }

    private static bool IsPrevious(JsonProperty field) => JsonNames.AreSame(LenientText.Name(field), Previous);

    private static JsonElement? Find(JsonEnvelope body) =>
        body.TryGet(Field, out JsonField field) && field.Type == JsonTokenType.StartObject
            ? JsonElement.Parse(body.Value(field))
            : null;
}
