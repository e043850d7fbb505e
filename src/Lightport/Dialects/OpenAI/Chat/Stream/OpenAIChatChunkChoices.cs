using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Goes through the choices of a chunk, or of a whole answer, and the fields of their deltas or messages.
/// </summary>
internal ref struct OpenAIChatChunkChoices
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly JsonSlice _choices;
    private readonly OpenAIChatChunkChoice _first;
    private readonly bool _hasFirst;
    private readonly bool _hasMore;
    private readonly bool _whole;
    private bool _firstIsTaken;
    private bool _isOpen;
    private Utf8JsonReader _reader;

    /// <param name="whole">A message counts before a delta: some send both.</param>
    public OpenAIChatChunkChoices(ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, bool whole = false)
    {
        (_choices, _first, _whole) = (chunk.Choices, chunk.First, whole);
        (_hasFirst, _hasMore) = (chunk.HasFirst, chunk.HasMore);
        _data = data;
    }

    public bool Next(out OpenAIChatChunkChoice choice)
    {
        choice = default;
        if (_hasFirst && !_firstIsTaken)
        {
            (choice, _firstIsTaken) = (_first, true);
            return true;
        }

        if (_hasMore && !_isOpen)
        {
            Open();
        }

        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                Read(ref _reader, _data, _choices.Start, _whole, ref choice);
                return true;
            }

            _reader.Skip();
        }

        return false;
    }

    /// <summary>Reads a choice to its end.</summary>
    /// <param name="reader">Stands on its brace.</param>
    /// <param name="offset">Where the reader's text begins in the data.</param>
    /// <param name="whole">A message counts before a delta: some send both.</param>
    public static void Read(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> data,
        int offset,
        bool whole,
        ref OpenAIChatChunkChoice choice)
    {
        choice.Body = offset + (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            if (name.SequenceEqual("delta"u8))
            {
                bool counts = !whole || !choice.Message.Is(data, '{');
                choice.Delta = TakeFields(ref reader, offset, ref choice, counts);
                continue;
            }

            if (whole && name.SequenceEqual("message"u8))
            {
                choice.Message = TakeFields(ref reader, offset, ref choice, counts: true);
                continue;
            }

            JsonSlice value = JsonSlice.Take(ref reader, offset);
            if (name.SequenceEqual("index"u8))
            {
                bool isNumber = reader.TokenType == JsonTokenType.Number;
                choice.HasIndex = isNumber && reader.TryGetInt32(out choice.Index);
            }
            else if (name.SequenceEqual("finish_reason"u8))
            {
                choice.FinishReason = value;
            }
            else if (name.SequenceEqual("native_finish_reason"u8))
            {
                choice.NativeFinishReason = value;
            }
            else if (name.SequenceEqual("logprobs"u8))
            {
                choice.Logprobs = value;
            }
            else if (name.SequenceEqual("text"u8))
            {
                choice.Text = value;
            }
            else if (name.SequenceEqual("message"u8))
            {
                choice.Message = value;
            }
            else if (name.SequenceEqual("stop_reason"u8) || name.SequenceEqual("matched_stop"u8)
                || name.SequenceEqual("stop_sequence"u8))
            {
                choice.Stop = value.IsText(data) ? value : choice.Stop;
            }
        }

        if (!whole && !choice.Delta.IsPresent && choice.Message.Is(data, '{'))
        {
            ReadMessage(data, ref choice);
        }
    }

    /// <summary>Takes up behind the first choice, where there is one.</summary>
    private void Open()
    {
        _isOpen = true;
        _reader = new Utf8JsonReader(_choices.In(_data));
        _reader.Read();
        if (_hasFirst)
        {
            _reader.Read();
            _reader.Skip();
        }
    }

    /// <summary>Takes a delta or a message, in the place of what was said before it, and notes its fields.</summary>
    /// <param name="counts">False where what it says has been said.</param>
    private static JsonSlice TakeFields(
        ref Utf8JsonReader reader, int offset, ref OpenAIChatChunkChoice choice, bool counts)
    {
        int nameStart = (int)reader.TokenStartIndex;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        if (counts && reader.TokenType == JsonTokenType.StartObject)
        {
            choice.ForgetDelta();
            ReadFields(ref reader, offset, ref choice);
        }
        else
        {
            reader.Skip();
        }

        return new JsonSlice(offset + nameStart, offset + start, offset + (int)reader.BytesConsumed);
    }

    /// <summary>Some send a whole message where a delta should be.</summary>
    private static void ReadMessage(ReadOnlySpan<byte> data, ref OpenAIChatChunkChoice choice)
    {
        var reader = new Utf8JsonReader(choice.Message.In(data));
        reader.Read();
        ReadFields(ref reader, choice.Message.Start, ref choice);
    }

    private static void ReadFields(ref Utf8JsonReader reader, int offset, ref OpenAIChatChunkChoice choice)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            choice.SetDelta(name, JsonSlice.Take(ref reader, offset));
        }
    }
}
