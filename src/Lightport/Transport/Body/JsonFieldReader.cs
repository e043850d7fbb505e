using System.Text.Json;

namespace Lightport.Transport.Body;

/// <summary>Goes over the fields of one JSON object, by position, and knows the one that it looks for.</summary>
internal ref struct JsonFieldReader
{
    private readonly string _name;
    private Utf8JsonReader _reader;

    /// <param name="text">An object's JSON text.</param>
    /// <param name="name">The field that is looked for.</param>
    public JsonFieldReader(ReadOnlySpan<byte> text, string name)
    {
        _name = name;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        _reader.Read();
        ValueEnd = (int)_reader.BytesConsumed;
    }

    public int NameStart { get; private set; }

    public int ValueStart { get; private set; }

    /// <summary>Where the field ends; before the first, where the object begins.</summary>
    public int ValueEnd { get; private set; }

    /// <summary>The field is the one that is looked for.</summary>
    public bool Found { get; private set; }

    public bool Next()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.PropertyName)
        {
            return false;
        }

        NameStart = (int)_reader.TokenStartIndex;
        Found = IsNamed();
        _reader.Read();
        ValueStart = (int)_reader.TokenStartIndex;
        _reader.Skip();
        ValueEnd = (int)_reader.BytesConsumed;
        return true;
    }

    private readonly bool IsNamed()
    {
        try
        {
            return _reader.ValueTextEquals(_name);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: JSON, but the name of nothing.
            return false;
        }
    }
}
