using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Goes through the elements of an array without making anything of them.</summary>
/// <param name="data">The text that the slices are of.</param>
/// <param name="array">Where the array stands in it; anything else has no elements.</param>
internal ref struct GoogleGeminiElements(ReadOnlySpan<byte> data, JsonSlice array)
{
    private readonly int _offset = array.Start;
    private Utf8JsonReader _reader = new(array.Is(data, '[') ? array.In(data) : "[]"u8);
    private bool _isInside;

    public bool Next(out JsonSlice element)
    {
        _isInside = _isInside || _reader.Read();
        if (!_reader.Read() || _reader.TokenType == JsonTokenType.EndArray)
        {
            element = default;
            return false;
        }

        int start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        element = new JsonSlice(_offset + start, _offset + start, _offset + (int)_reader.BytesConsumed);
        return true;
    }
}
