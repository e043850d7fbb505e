using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Finds the blocks of a conversation whose signature or data is the gateway's own mark.</summary>
internal sealed class AnthropicMessagesMarkedBlocks
{
    private bool _isAssistant;
    private bool _lastAssistantIsCut;
    private bool _lastHasResult;

    /// <param name="messages">The array of messages, as JSON.</param>
    public AnthropicMessagesMarkedBlocks(ReadOnlySpan<byte> messages)
    {
        var list = new JsonListCutter(Cuts);
        var reader = new Utf8JsonReader(messages);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            int before = Cuts.Count;
            if (ReadMessage(ref reader))
            {
                list.Keep(start, (int)reader.BytesConsumed);
            }
            else
            {
                // A turn of nothing but such blocks: without them it has no content, which is refused.
                Cuts.Keep(before);
                list.Cut(start, (int)reader.BytesConsumed);
            }
        }

        list.Close((int)reader.TokenStartIndex);
    }

    public JsonCuts Cuts { get; } = new();

    /// <summary>The last turn answers calls of a turn that lost thinking.</summary>
    public bool InToolLoop => _lastAssistantIsCut && _lastHasResult && !_isAssistant;

    /// <summary>False where nothing of the message is left.</summary>
    private bool ReadMessage(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return true;
        }

        int before = Cuts.Count;
        bool hasContent = true;
        (_isAssistant, _lastHasResult) = (false, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRole = reader.ValueSpan.SequenceEqual("role"u8);
            bool isContent = reader.ValueSpan.SequenceEqual("content"u8);
            reader.Read();
            if (isContent && reader.TokenType == JsonTokenType.StartArray)
            {
                hasContent = ReadBlocks(ref reader);
            }
            else
            {
                _isAssistant |= isRole && reader.TokenType == JsonTokenType.String
                    && reader.ValueSpan.SequenceEqual("assistant"u8);
                reader.Skip();
            }
        }

        if (_isAssistant)
        {
            _lastAssistantIsCut = Cuts.Count > before || !hasContent;
        }

        return hasContent;
    }

    /// <summary>False where every block is cut.</summary>
    private bool ReadBlocks(ref Utf8JsonReader reader)
    {
        var list = new JsonListCutter(Cuts);
        bool any = false;
        bool keepsAny = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            any = true;
            int start = (int)reader.TokenStartIndex;
            if (IsMarked(ref reader))
            {
                list.Cut(start, (int)reader.BytesConsumed);
            }
            else
            {
                keepsAny = true;
                list.Keep(start, (int)reader.BytesConsumed);
            }
        }

        list.Close((int)reader.TokenStartIndex);
        return keepsAny || !any;
    }

    /// <summary>Reads a block to its end.</summary>
    private bool IsMarked(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        bool isMarked = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = reader.ValueSpan.SequenceEqual("type"u8);
            bool isSlot = reader.ValueSpan.SequenceEqual("signature"u8) || reader.ValueSpan.SequenceEqual("data"u8);
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
            {
                isMarked |= isSlot && OpaqueState.IsEnvelope(reader.ValueSpan);
                _lastHasResult |= isType && reader.ValueSpan.SequenceEqual("tool_result"u8);
            }

            reader.Skip();
        }

        return isMarked;
    }
}
