using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The words of one block of a whole answer, read without making anything of what else stands in it. Each field is as
/// it came, quotes and all; empty where the block has none.
/// </summary>
internal ref struct AnthropicMessagesBlock
{
    /// <summary>The block whole, for kinds that are more than words.</summary>
    public ReadOnlySpan<byte> Json;

    public ReadOnlySpan<byte> Citations;
    private ReadOnlySpan<byte> _type;
    private ReadOnlySpan<byte> _text;
    private ReadOnlySpan<byte> _thinking;
    private ReadOnlySpan<byte> _signature;
    private ReadOnlySpan<byte> _data;
    private ReadOnlySpan<byte> _id;
    private ReadOnlySpan<byte> _name;

    /// <summary>Null where it is no text; so of what follows.</summary>
    public readonly string? Type => In(_type);

    public readonly string? Text => In(_text);

    public readonly string? Thinking => In(_thinking);

    public readonly string? Signature => In(_signature);

    public readonly string? Data => In(_data);

    public readonly string? Id => In(_id);

    public readonly string? Name => In(_name);

    /// <param name="reader">Stands on the block's first brace; stands on its last one afterwards.</param>
    /// <param name="json">What the reader reads.</param>
    /// <exception cref="JsonException">It is malformed.</exception>
    public static AnthropicMessagesBlock Read(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var block = new AnthropicMessagesBlock();
        int start = (int)reader.TokenStartIndex;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            block.Take(ref reader, json);
        }

        block.Json = json[start..(int)reader.BytesConsumed];
        return block;
    }

    private void Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.Is("type"u8))
        {
            _type = reader.ReadValue(json);
        }
        else if (reader.Is("text"u8))
        {
            _text = reader.ReadValue(json);
        }
        else if (reader.Is("citations"u8))
        {
            Citations = reader.ReadValue(json);
        }
        else if (reader.Is("thinking"u8))
        {
            _thinking = reader.ReadValue(json);
        }
        else if (reader.Is("signature"u8))
        {
            _signature = reader.ReadValue(json);
        }
        else if (reader.Is("data"u8))
        {
            _data = reader.ReadValue(json);
        }
        else if (reader.Is("id"u8))
        {
            _id = reader.ReadValue(json);
        }
        else if (reader.Is("name"u8))
        {
            _name = reader.ReadValue(json);
        }
        else
        {
            reader.Skip();
        }
    }

    private static string? In(ReadOnlySpan<byte> value) => value is [(byte)'"', ..] ? LenientText.Read(value) : null;
}
