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

    /// <summary>The part that streamed audio begins, with what its first piece says of it.</summary>
    public static AudioPart Opening(JsonElement audio) =>
        new(MediaSource.FromBase64("", null)) { Id = audio.TextOf("id") };

    public static StreamEvent.MediaDelta ReadDelta(int part, JsonElement audio) =>
        new(part, audio.TextOf("data"), audio.TextOf("transcript")) { ExpiresAt = ExpiresAt(audio) };

    public static void Write(Utf8JsonWriter writer, AudioPart audio)
    {
        string data = audio.Source.Base64 ?? "";
        var whole = new StreamEvent.MediaDelta(0, data, audio.Transcript ?? "") { ExpiresAt = audio.ExpiresAt };
        Write(writer, audio.Id ?? "", whole);
    }

    /// <summary>Writes the field with what this piece brings.</summary>
    /// <param name="id">The audio's id with its first piece; null with later ones.</param>
    public static void Write(Utf8JsonWriter writer, string? id, StreamEvent.MediaDelta audio)
    {
        writer.WriteStartObject("audio"u8);
        WriteIfSet(writer, "id", id);
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
