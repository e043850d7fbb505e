using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Goes through the choices of a chunk, or of a whole answer, and the fields of their deltas or messages.
/// </summary>
internal ref struct OpenAIChatChunkChoices
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly int _offset;
    private readonly bool _whole;
    private Utf8JsonReader _reader;

    /// <param name="whole">A message counts before a delta: some send both.</param>
    public OpenAIChatChunkChoices(ReadOnlySpan<byte> data, JsonSlice choices, bool whole = false)
    {
        _data = data;
        _whole = whole;
        _offset = choices.Start;
        if (choices.Is(data, '['))
        {
            _reader = new Utf8JsonReader(choices.In(data));
            _reader.Read();
        }
    }

    public bool Next(out OpenAIChatChunkChoice choice)
    {
        choice = default;
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                ReadChoice(ref choice);
                return true;
            }

            _reader.Skip();
        }

        return false;
    }

    private void ReadChoice(ref OpenAIChatChunkChoice choice)
    {
        choice.Body = _offset + (int)_reader.BytesConsumed;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _reader.ValueSpan;
            if (name.SequenceEqual("delta"u8))
            {
                choice.Delta = TakeFields(ref choice, counts: !_whole || !choice.Message.Is(_data, '{'));
                continue;
            }

            if (_whole && name.SequenceEqual("message"u8))
            {
                choice.Message = TakeFields(ref choice, counts: true);
                continue;
            }

            JsonSlice value = JsonSlice.Take(ref _reader, _offset);
            if (name.SequenceEqual("index"u8))
            {
                bool isNumber = _reader.TokenType == JsonTokenType.Number;
                choice.HasIndex = isNumber && _reader.TryGetInt32(out choice.Index);
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
                choice.Stop = value.IsText(_data) ? value : choice.Stop;
            }
        }

        if (!_whole && !choice.Delta.IsPresent && choice.Message.Is(_data, '{'))
        {
            ReadMessage(ref choice);
        }
    }

    /// <summary>Takes a delta or a message, in the place of what was said before it, and notes its fields.</summary>
    /// <param name="counts">False where what it says has been said.</param>
    private JsonSlice TakeFields(ref OpenAIChatChunkChoice choice, bool counts)
    {
        int nameStart = (int)_reader.TokenStartIndex;
        _reader.Read();
        int start = (int)_reader.TokenStartIndex;
        if (counts && _reader.TokenType == JsonTokenType.StartObject)
        {
            choice.ForgetDelta();
            ReadFields(ref _reader, _offset, ref choice);
        }
        else
        {
            _reader.Skip();
        }

        return new JsonSlice(_offset + nameStart, _offset + start, _offset + (int)_reader.BytesConsumed);
    }

    /// <summary>Some send a whole message where a delta should be.</summary>
    private readonly void ReadMessage(ref OpenAIChatChunkChoice choice)
    {
        var reader = new Utf8JsonReader(choice.Message.In(_data));
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
