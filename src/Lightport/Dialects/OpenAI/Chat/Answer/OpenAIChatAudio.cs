using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The <c>audio</c> of an answer (https://platform.openai.com/docs/guides/audio), whole or in the pieces of a stream.
/// </summary>
internal static class OpenAIChatAudio
{
    public static AudioPart Read(JsonElement audio) => new(MediaSource.FromBase64(audio.TextOf("data") ?? "", null))
    {
        Id = audio.TextOf("id"),
        Transcript = audio.TextOf("transcript"),
        ExpiresAt = ExpiresAt(audio),
    };

    public static StreamEvent.AudioDelta ReadDelta(JsonElement audio) =>
        new(audio.TextOf("id"), audio.TextOf("data"), audio.TextOf("transcript"), ExpiresAt(audio));

    public static void Write(Utf8JsonWriter writer, AudioPart audio) => Write(
        writer,
        new StreamEvent.AudioDelta(
            audio.Id ?? "", audio.Source.Base64 ?? "", audio.Transcript ?? "", audio.ExpiresAt));

    /// <summary>Writes the field with what this piece brings.</summary>
    public static void Write(Utf8JsonWriter writer, StreamEvent.AudioDelta audio)
    {
        writer.WriteStartObject("audio"u8);
        WriteIfSet(writer, "id", audio.Id);
        WriteIfSet(writer, "data", audio.Data);
        WriteIfSet(writer, "transcript", audio.Transcript);
        if (audio.ExpiresAt is { } expires)
        {
            writer.WriteNumber("expires_at"u8, expires);
        }

        writer.WriteEndObject();
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static long? ExpiresAt(JsonElement audio) =>
        audio.ValueOf("expires_at") is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long seconds)
            ? seconds
            : null;
}
