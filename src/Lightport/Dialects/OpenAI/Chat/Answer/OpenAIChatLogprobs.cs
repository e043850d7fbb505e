using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The <c>logprobs</c> of a choice, whole or of one chunk
/// (https://platform.openai.com/docs/api-reference/chat/object#chat-object-choices-logprobs).
/// </summary>
internal static class OpenAIChatLogprobs
{
    public static ChoiceLogprobs Read(JsonElement logprobs)
    {
        List<TokenLogprob>? content = null;
        List<TokenLogprob>? refusal = null;
        List<Extension>? others = null;
        foreach (JsonProperty field in logprobs.EnumerateObject())
        {
            switch (LenientText.Name(field))
            {
                case "content":
                    content = ReadTokens(field.Value);
                    break;
                case "refusal":
                    refusal = ReadTokens(field.Value);
                    break;
                case var name:
                    (others ??= []).Add(new Extension(name, field.Value));
                    break;
            }
        }

        return new ChoiceLogprobs { Content = content, Refusal = refusal, Extensions = others ?? [] };
    }

    public static void Write(Utf8JsonWriter writer, ChoiceLogprobs logprobs)
    {
        writer.WriteStartObject();
        WriteTokensOrNull(writer, "content", logprobs.Content);
        WriteTokensOrNull(writer, "refusal", logprobs.Refusal);
        WriteOthers(writer, logprobs.Extensions);
        writer.WriteEndObject();
    }

    internal static void WriteTokens(Utf8JsonWriter writer, IReadOnlyList<TokenLogprob> tokens)
    {
        writer.WriteStartArray();
        foreach (TokenLogprob token in tokens)
        {
            WriteToken(writer, token);
        }

        writer.WriteEndArray();
    }

    /// <summary>A list of tokens; null where it is none.</summary>
    internal static List<TokenLogprob>? ReadTokens(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var tokens = new List<TokenLogprob>(list.GetArrayLength());
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Object)
            {
                tokens.Add(ReadToken(entry));
            }
        }

        return tokens;
    }

    private static TokenLogprob ReadToken(JsonElement entry)
    {
        string token = "";
        ExactNumber? logprob = null;
        ReadOnlyMemory<byte>? bytes = null;
        List<TokenLogprob>? top = null;
        List<Extension>? others = null;
        foreach (JsonProperty field in entry.EnumerateObject())
        {
            switch (LenientText.Name(field))
            {
                case "token":
                    token = field.Value.ValueKind == JsonValueKind.String ? field.Value.Text() : "";
                    break;
                case "logprob":
                    logprob = ReadNumber(field.Value);
                    break;
                case "bytes":
                    bytes = ReadBytes(field.Value);
                    break;
                case "top_logprobs":
                    top = ReadTokens(field.Value);
                    break;
                case var name:
                    (others ??= []).Add(new Extension(name, field.Value));
                    break;
            }
        }

        return new TokenLogprob(token, logprob) { Bytes = bytes, Top = top ?? [], Extensions = others ?? [] };
    }

    private static ExactNumber? ReadNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? ExactNumber.Parse(JsonMarshal.GetRawUtf8Value(value))
        : null;

    private static ReadOnlyMemory<byte>? ReadBytes(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        byte[] bytes = new byte[list.GetArrayLength()];
        int count = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetByte(out bytes[count++]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static void WriteTokensOrNull(Utf8JsonWriter writer, string name, IReadOnlyList<TokenLogprob>? tokens)
    {
        if (tokens is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WritePropertyName(name);
        WriteTokens(writer, tokens);
    }

    private static void WriteToken(Utf8JsonWriter writer, TokenLogprob token)
    {
        writer.WriteStartObject();
        WriteFields(writer, token);
        writer.WriteStartArray("top_logprobs"u8);
        foreach (TokenLogprob likely in token.Top)
        {
            writer.WriteStartObject();
            WriteFields(writer, likely);
            WriteOthers(writer, likely.Extensions);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        WriteOthers(writer, token.Extensions);
        writer.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter writer, TokenLogprob token)
    {
        writer.WriteString("token"u8, token.Token);
        writer.WritePropertyName("logprob"u8);
        if (token.Logprob is { } logprob)
        {
            writer.WriteRawValue(logprob.ToString(), skipInputValidation: true);
        }
        else
        {
            writer.WriteNullValue();
        }

        if (token.Bytes is not { } bytes)
        {
            writer.WriteNull("bytes"u8);
            return;
        }

        writer.WriteStartArray("bytes"u8);
        foreach (byte value in bytes.Span)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    private static void WriteOthers(Utf8JsonWriter writer, IReadOnlyList<Extension> others)
    {
        foreach (Extension other in others)
        {
            writer.WritePropertyName(other.Name);
            writer.WriteMended(other.Value);
        }
    }
}
