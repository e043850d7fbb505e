using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Goes over tool calls by position: a list, or one call that stands alone, as some servers send it.</summary>
internal ref struct OpenAIChatCallList
{
    private readonly int _offset;
    private Utf8JsonReader _reader;

    public OpenAIChatCallList(ReadOnlySpan<byte> data, JsonSlice calls)
    {
        _offset = calls.Start;
        _reader = new Utf8JsonReader(calls.In(data));
    }

    /// <summary>Whether there can be a call in it.</summary>
    public static bool Is(ReadOnlySpan<byte> data, JsonSlice calls) => calls.Is(data, '[') || calls.Is(data, '{');

    /// <summary>What in the list is no object is passed over.</summary>
    public bool Next(out OpenAIChatCallDelta call)
    {
        while (_reader.Read())
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                call = OpenAIChatCallDelta.Read(ref _reader, _offset);
                return true;
            }

            if (_reader.CurrentDepth > 0)
            {
                _reader.Skip();
            }
        }

        call = default;
        return false;
    }
}
