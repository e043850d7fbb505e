using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>A piece of a tool call in a chunk, by position.</summary>
internal struct OpenAIChatCallDelta
{
    /// <summary>The provider's index; null where it sent none.</summary>
    public int? Index;

    public JsonSlice Id, Type, Name, Arguments, ExtraContent;

    public bool IsCustom;

    /// <summary>Where the call stands, braces included.</summary>
    public int Start, End;

    /// <summary>Reads one call, or the <c>function_call</c> of old, whose fields stand a level higher.</summary>
    /// <param name="reader">Stands on the call's opening brace; stands on its closing one afterwards.</param>
    public static OpenAIChatCallDelta Read(ref Utf8JsonReader reader, int offset)
    {
        OpenAIChatCallDelta call = default;
        call.Start = offset + (int)reader.TokenStartIndex;
        call.ReadFields(ref reader, offset);
        call.End = offset + (int)reader.BytesConsumed;
        return call;
    }

    private void ReadFields(ref Utf8JsonReader reader, int offset)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            bool custom = name.SequenceEqual("custom"u8);
            if (custom || name.SequenceEqual("function"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    IsCustom |= custom;
                    ReadFields(ref reader, offset);
                }
                else
                {
                    reader.Skip();
                }

                continue;
            }

            Set(name, JsonSlice.Take(ref reader, offset), reader);
        }
    }

    private void Set(ReadOnlySpan<byte> name, JsonSlice value, in Utf8JsonReader reader)
    {
        if (name.SequenceEqual("arguments"u8) || name.SequenceEqual("input"u8))
        {
            Arguments = value;
        }
        else if (name.SequenceEqual("index"u8))
        {
            Index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int index) ? index : null;
        }
        else if (name.SequenceEqual("id"u8))
        {
            Id = value;
        }
        else if (name.SequenceEqual("type"u8))
        {
            Type = value;
        }
        else if (name.SequenceEqual("name"u8))
        {
            Name = value;
        }
        else if (name.SequenceEqual("extra_content"u8))
        {
            ExtraContent = value;
        }
    }
}
