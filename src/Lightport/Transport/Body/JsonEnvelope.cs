using System.Runtime.InteropServices;
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

    /// <summary>The longest name of such a field, in bytes as they came: each is compared with all others.</summary>
    public const int MaxNameBytes = 1024;

    /// <summary>As many as most requests have; there is room for more as they come.</summary>
    private const int UsualFields = 8;

    /// <summary>A part of a message is of six tokens, and some four hundred bytes as an object.</summary>
    private const int BytesPerToken = 64;

    private readonly List<JsonField> _fields;

    /// <summary>A bit for each length of a field's name; lengths that are 64 apart share one.</summary>
    private readonly ulong _lengths;

    private JsonEnvelope(ReadOnlyMemory<byte> body, List<JsonField> fields)
    {
        (Body, _fields) = (body, fields);
        foreach (JsonField field in fields)
        {
            _lengths |= LengthOf(field.Name);
        }
    }

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

        var fields = new List<JsonField>(UsualFields);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int nameStart = (int)reader.TokenStartIndex;
            if (reader.ValueSpan.Length > MaxNameBytes)
            {
                throw new JsonException($"A field's name is longer than {MaxNameBytes:N0} bytes.");
            }

            string name = UsualNames.Find(reader.ValueSpan)
                ?? Text(ref reader)
                ?? throw new JsonException("A field's name is not valid Unicode.");
            reader.Read();
            int valueStart = (int)reader.TokenStartIndex;
            JsonTokenType type = reader.TokenType;
            int tokens = Skip(ref reader);
            Add(fields, new JsonField(name, type, nameStart, valueStart, (int)reader.BytesConsumed, tokens));
        }

        // Reads on to the end, so that anything after the object is an error too.
        while (reader.Read())
        {
        }

        return new JsonEnvelope(body, fields);
    }

    /// <summary>
    /// How much memory, in bytes, the body takes as objects: its text at two bytes a letter, and its pieces.
    /// </summary>
    public long MemoryWhole()
    {
        long memory = 0;
        foreach (JsonField field in _fields)
        {
            memory += Memory(field);
        }

        return memory;
    }

    /// <summary>
    /// The same for the largest field but the one that holds what is said. Whoever passes the body on may take one of
    /// them apart at a time, and goes through that one without making objects of it.
    /// </summary>
    /// <param name="content">The field that holds what is said; null where none does.</param>
    public long MemoryOfSettings(string? content)
    {
        long most = 0;
        foreach (JsonField field in _fields)
        {
            most = field.Name == content ? most : Math.Max(most, Memory(field));
        }

        return most;
    }

    public bool TryGet(string name, out JsonField field)
    {
        // Coders ask for dozens of fields, of which a body has a handful: most are not there by their length alone.
        if ((_lengths & LengthOf(name)) != 0)
        {
            foreach (ref readonly JsonField candidate in CollectionsMarshal.AsSpan(_fields))
            {
                if (candidate.Name == name)
                {
                    field = candidate;
                    return true;
                }
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

    /// <summary>A name's length as one bit of 64.</summary>
    private static ulong LengthOf(string name) => 1UL << (name.Length % 64);

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

    private static long Memory(JsonField field) =>
        (2L * (field.ValueEnd - field.NameStart)) + ((long)field.Tokens * BytesPerToken);

    /// <summary>As the reader's own, which does not say how many tokens it went over.</summary>
    private static int Skip(ref Utf8JsonReader reader)
    {
        int tokens = 1;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = reader.CurrentDepth;
            do
            {
                reader.Read();
                tokens++;
            }
            while (depth < reader.CurrentDepth);
        }

        return tokens;
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
