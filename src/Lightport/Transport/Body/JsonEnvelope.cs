using System.Text.Json;
using System.Text.Unicode;

namespace Lightport.Transport.Body;

/// <summary>
/// The top level of a JSON object, by position: enough to read a few fields and to patch them without touching any
/// other byte. One pass checks the whole text (syntax, depth, UTF-8, no field twice at the top) and makes no object of
/// it.
/// </summary>
public sealed class JsonEnvelope
{
    /// <summary>The deepest nesting that is accepted.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most fields an object may have at its top.</summary>
    public const int MaxFields = 256;

    private readonly List<JsonField> _fields;

    private JsonEnvelope(ReadOnlyMemory<byte> body, List<JsonField> fields) => (Body, _fields) = (body, fields);

    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyList<JsonField> Fields => _fields;

    /// <exception cref="JsonException">The body is not one JSON object; the message says where and why.</exception>
    public static JsonEnvelope Read(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw new JsonException("The body is not valid UTF-8.");
        }

        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The body must be a JSON object.");
        }

        var fields = new List<JsonField>(16);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int nameStart = (int)reader.TokenStartIndex;
            string name = Text(ref reader) ?? throw new JsonException("A field's name is not valid Unicode.");
            reader.Read();
            int valueStart = (int)reader.TokenStartIndex;
            JsonTokenType type = reader.TokenType;
            reader.Skip();
            Add(fields, new JsonField(name, type, nameStart, valueStart, (int)reader.BytesConsumed));
        }

        // Reads on to the end, so that anything after the object is an error too.
        while (reader.Read())
        {
        }

        return new JsonEnvelope(body, fields);
    }

    public bool TryGet(string name, out JsonField field)
    {
        foreach (JsonField candidate in _fields)
        {
            if (candidate.Name == name)
            {
                field = candidate;
                return true;
            }
        }

        field = default;
        return false;
    }

    /// <summary>A field's JSON text.</summary>
    public ReadOnlySpan<byte> Value(JsonField field) => Body.Span[field.ValueStart..field.ValueEnd];

    /// <summary>
    /// A field's text, or null where it is absent or no string. Half a surrogate pair makes it U+FFFD, which names
    /// nothing.
    /// </summary>
    public string? GetString(string name)
    {
        if (!TryGet(name, out JsonField field) || field.Type != JsonTokenType.String)
        {
            return null;
        }

        var reader = new Utf8JsonReader(Value(field));
        reader.Read();
        return Text(ref reader) ?? "\uFFFD";
    }

    /// <summary>A field's truth value, or null where it is absent or no boolean.</summary>
    public bool? GetBoolean(string name) => !TryGet(name, out JsonField field)
        ? null
        : field.Type switch { JsonTokenType.True => true, JsonTokenType.False => false, _ => null };

    /// <summary>The token's text; null where an escape in it is half a surrogate pair: JSON, but no Unicode.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static void Add(List<JsonField> fields, JsonField field)
    {
        if (fields.Count == MaxFields)
        {
            throw new JsonException($"The body has more than {MaxFields} fields.");
        }

        foreach (JsonField other in fields)
        {
            if (JsonNames.AreSame(other.Name, field.Name))
            {
                throw new JsonException(other.Name == field.Name
                    ? $"The field '{field.Name}' stands twice in the body."
                    : $"The fields '{other.Name}' and '{field.Name}' are one to servers that take no notice of case; "
                        + "send one of them.");
            }
        }

        fields.Add(field);
    }
}
