using System.Text.Json;

namespace Lightport.Providers;

/// <summary>
/// Reads a data file of the catalog, forwards only, and names the file and the key of whatever is not as it should be.
/// </summary>
internal ref struct StrictJsonReader
{
    private readonly string _file;
    private readonly Stack<string> _path = new();
    private Utf8JsonReader _reader;

    public StrictJsonReader(string file, ReadOnlySpan<byte> json)
    {
        _file = file;
        _reader = new Utf8JsonReader(json);
        Advance();
    }

    public readonly bool IsObject => _reader.TokenType == JsonTokenType.StartObject;

    public readonly bool IsString => _reader.TokenType == JsonTokenType.String;

    public readonly bool IsArray => _reader.TokenType == JsonTokenType.StartArray;

    /// <summary>Steps into an object; follow with <see cref="NextKey"/> until it is false.</summary>
    public readonly void EnterObject() => Expect(JsonTokenType.StartObject, "an object");

    /// <summary>Steps into an array; follow with <see cref="NextItem"/> until it is false.</summary>
    public readonly void EnterArray() => Expect(JsonTokenType.StartArray, "an array");

    /// <summary>Moves to the next property's value, having read the last one whole.</summary>
    public bool NextKey(HashSet<string> seen, out string key)
    {
        Advance();
        if (seen.Count > 0)
        {
            _path.Pop();
        }

        if (_reader.TokenType == JsonTokenType.EndObject)
        {
            key = "";
            return false;
        }

        key = _reader.GetString()!;
        _path.Push(key);
        if (!seen.Add(key))
        {
            throw Error("stands twice");
        }

        Advance();
        return true;
    }

    public bool NextItem()
    {
        Advance();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>To be called last: there is nothing after the value.</summary>
    public void End()
    {
        try
        {
            if (_reader.Read())
            {
                throw new DataFileException(_file, [], "goes on after its end");
            }
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
    }

    public readonly string String()
    {
        Expect(JsonTokenType.String, "a string");
        string value = _reader.GetString()!;
        return value.Length > 0 ? value : throw Error("is empty");
    }

    public readonly bool Boolean() => _reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Error("must be true or false"),
    };

    public readonly double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        return _reader.GetDouble();
    }

    public readonly decimal Decimal()
    {
        Expect(JsonTokenType.Number, "a number");
        return _reader.TryGetDecimal(out decimal value) ? value : throw Error("has too many digits");
    }

    public readonly int Integer()
    {
        Expect(JsonTokenType.Number, "a whole number");
        return _reader.TryGetInt32(out int value) ? value : throw Error("must be a whole number");
    }

    public readonly Uri Address() =>
        Uri.TryCreate(String(), UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw Error("must be an https address");

    /// <summary>What a word stands for.</summary>
    public readonly T Word<T>(IReadOnlyDictionary<string, T> words) =>
        words.TryGetValue(String(), out T? value)
            ? value
            : throw Error($"must be one of {string.Join(", ", words.Keys)}");

    public JsonElement Element() => JsonElement.ParseValue(ref _reader);

    /// <summary>Passes over the value, whatever it is.</summary>
    public void Skip()
    {
        try
        {
            _reader.Skip();
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
    }

    public List<string> Strings()
    {
        var values = new List<string>();
        EnterArray();
        while (NextItem())
        {
            values.Add(String());
        }

        return values;
    }

    public OrderedDictionary<string, string> StringMap()
    {
        var values = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        EnterObject();
        while (NextKey(seen, out string key))
        {
            values[key] = String();
        }

        return values;
    }

    /// <summary>An error at the present key.</summary>
    public readonly DataFileException Error(string what) => new(_file, [.. _path.Reverse()], what);

    public readonly DataFileException UnknownKey(IEnumerable<string> known) =>
        Error($"is not a key here; these are: {string.Join(", ", known)}");

    public readonly DataFileException Missing(string key) => new(_file, [.. _path.Reverse(), key], "is missing");

    private readonly DataFileException Malformed(JsonException error) =>
        new(_file, [], error.Message.TrimEnd('.'), error);

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (_reader.TokenType != type)
        {
            throw Error($"must be {what}");
        }
    }

    private void Advance()
    {
        try
        {
            if (!_reader.Read())
            {
                throw new DataFileException(_file, [], "ends too early");
            }
        }
        catch (JsonException error)
        {
            throw Malformed(error);
        }
    }
}
