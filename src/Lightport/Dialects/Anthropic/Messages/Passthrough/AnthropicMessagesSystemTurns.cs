using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Says the system turns inside a conversation that passes through in the user's turn, marked as Claude Code marks such
/// text: for a server that knows no such role (vLLM), or whose chat template takes system text at its start alone.
/// </summary>
internal static class AnthropicMessagesSystemTurns
{
    public static void Patch(BodyPatch patch)
    {
        if (!patch.TryGetValue("messages", out ReadOnlySpan<byte> messages) || MayNotHold(messages))
        {
            return;
        }

        var said = new JsonSplice();
        var reader = new Utf8JsonReader(messages);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            bool isTurn = reader.TokenType == JsonTokenType.StartObject;
            reader.Skip();
            int end = (int)reader.BytesConsumed;
            if (isTurn && !MayNotHold(messages[start..end]))
            {
                Say(messages[start..end], start, said);
            }
        }

        if (!said.IsEmpty)
        {
            patch.Set("messages", said.Apply(messages));
        }
    }

    /// <summary>Few conversations have such turns, and the others are not read.</summary>
    private static bool MayNotHold(ReadOnlySpan<byte> text) => text.IndexOf("\"system\""u8) < 0;

    private static void Say(ReadOnlySpan<byte> text, int at, JsonSplice said)
    {
        JsonElement turn = JsonElement.Parse(text);
        if (turn.TextOf("role") != "system")
        {
            return;
        }

        var written = new ArrayBufferWriter<byte>(text.Length + 64);
        using (var writer = new Utf8JsonWriter(written, JsonSettings.Writing))
        {
            WriteTurn(writer, turn);
        }

        said.Replace(at, at + text.Length, written.WrittenSpan);
    }

    private static void WriteTurn(Utf8JsonWriter writer, JsonElement turn)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in turn.EnumerateObject())
        {
            string name = LenientText.Name(property);
            writer.WritePropertyName(name);
            switch (name)
            {
                case "role":
                    writer.WriteStringValue("user");
                    break;
                case "content" when property.Value.ValueKind == JsonValueKind.Array:
                    WriteBlocks(writer, property.Value);
                    break;
                case "content":
                    WriteReminder(writer, property.Value);
                    break;
                default:
                    writer.WriteOnOneLine(property.Value);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteBlocks(Utf8JsonWriter writer, JsonElement blocks)
    {
        writer.WriteStartArray();
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if (block.TextOf("text") is null)
            {
                writer.WriteOnOneLine(block);
                continue;
            }

            writer.WriteStartObject();
            foreach (JsonProperty property in block.EnumerateObject())
            {
                string name = LenientText.Name(property);
                writer.WritePropertyName(name);
                if (name == "text")
                {
                    WriteReminder(writer, property.Value);
                }
                else
                {
                    writer.WriteOnOneLine(property.Value);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteReminder(Utf8JsonWriter writer, JsonElement text)
    {
        if (text.ValueKind == JsonValueKind.String)
        {
            writer.WriteStringValue($"<system-reminder>\n{text.Text()}\n</system-reminder>");
        }
        else
        {
            writer.WriteOnOneLine(text);
        }
    }
}
