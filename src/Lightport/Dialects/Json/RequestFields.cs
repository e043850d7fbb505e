using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Json;

/// <summary>
/// A request body whose fields are read by type, with the field's path in every complaint. Paths are worked out only
/// when something is wrong, from where the value stands in the body.
/// </summary>
internal sealed class RequestFields
{
    /// <summary>Longer names are compared as strings of their own.</summary>
    private const int LongestUsualName = 64;

    private readonly JsonEnvelope _body;

    private RequestFields(JsonEnvelope body, JsonElement root, RequestTally tally, IdSeal? seal) =>
        (_body, Root, Tally, Seal) = (body, root, tally, seal);

    public JsonElement Root { get; }

    public RequestTally Tally { get; }

    /// <summary>By which ids are known that the gateway has told; null where none are looked for.</summary>
    public IdSeal? Seal { get; }

    /// <exception cref="GatewayException">As of <see cref="JsonBody.Parse"/>.</exception>
    public static RequestFields Of(
        JsonEnvelope body, CancellationToken cancellationToken, IdSeal? seal = null) =>
        new(body, JsonBody.Parse(body), new RequestTally(cancellationToken), seal);

    /// <summary>A field's value; null where it is absent or null, which mean the same.</summary>
    public JsonElement? Find(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(owner, "must be an object");
        }

        return owner.ValueOf(name);
    }

    /// <summary>
    /// A field at the body's top. Most of what may stand there does not, which the envelope says sooner than a search.
    /// </summary>
    public JsonElement? Find(string name) => IsAbsent(name) ? null : Find(Root, name);

    public string? Text(JsonElement owner, string name) =>
        Find(owner, name) is { } value ? Text(value) : null;

    public string? Text(string name) => IsAbsent(name) ? null : Text(Root, name);

    public string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.Text() : throw Wrong(value, "must be a string");

    public string RequiredText(JsonElement owner, string name) => Text(Required(owner, name));

    public JsonElement Required(JsonElement owner, string name) =>
        Find(owner, name) ?? throw Missing(owner, name);

    public bool? Boolean(JsonElement owner, string name) => Find(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } other => throw Wrong(other, "must be true or false"),
    };

    public bool? Boolean(string name) => IsAbsent(name) ? null : Boolean(Root, name);

    public double? Number(JsonElement owner, string name) => Find(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value
            when value.TryGetDouble(out double number) && double.IsFinite(number) => number,
        { } other => throw Wrong(other, "must be a number"),
    };

    public double? Number(string name) => IsAbsent(name) ? null : Number(Root, name);

    /// <summary>A whole number, which may be written with a point (<c>100.0</c>).</summary>
    public long? Long(JsonElement owner, string name) => Find(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out long whole) => whole,
        { ValueKind: JsonValueKind.Number } value when value.GetDouble() is > -1e15 and < 1e15 and var number
            && Math.Truncate(number) == number => (long)number,
        { } other => throw Wrong(other, "must be an integer"),
    };

    public long? Long(string name) => IsAbsent(name) ? null : Long(Root, name);

    public int? Integer(JsonElement owner, string name) => Long(owner, name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and var value => (int)value,
        _ => throw Wrong(Required(owner, name), "must be an integer"),
    };

    public int? Integer(JsonElement owner, string name, int least) => Long(owner, name) switch
    {
        null => null,
        <= int.MaxValue and var value when value >= least => (int)value,
        _ => throw Wrong(Required(owner, name), $"must be an integer of at least {least}"),
    };

    public int? Integer(string name, int least) => IsAbsent(name) ? null : Integer(Root, name, least);

    public JsonElement? Object(JsonElement owner, string name) => Find(owner, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        { } other => throw Wrong(other, "must be an object"),
    };

    public JsonElement? Object(string name) => IsAbsent(name) ? null : Object(Root, name);

    public JsonElement RequiredObject(JsonElement owner, string name) =>
        Object(owner, name) ?? throw Missing(owner, name);

    /// <summary>The elements of a list; none where there is no list.</summary>
    public JsonElement.ArrayEnumerator Items(JsonElement owner, string name) => Find(owner, name) switch
    {
        null => JsonElementExtensions.NoItems.EnumerateArray(),
        { ValueKind: JsonValueKind.Array } array => array.EnumerateArray(),
        { } other => throw Wrong(other, "must be an array"),
    };

    public JsonElement.ArrayEnumerator Items(string name) =>
        IsAbsent(name) ? JsonElementExtensions.NoItems.EnumerateArray() : Items(Root, name);

    /// <summary>A list of strings; empty where there is none.</summary>
    public IReadOnlyList<string> Texts(JsonElement owner, string name) =>
        Find(owner, name) is null ? [] : [.. Items(owner, name).Select(Text)];

    public IReadOnlyList<string> Texts(string name) => IsAbsent(name) ? [] : Texts(Root, name);

    /// <summary>The fields of an object that none of <paramref name="known"/> names.</summary>
    public IReadOnlyList<Extension> Others(JsonElement owner, FrozenSet<string> known, string prefix = "")
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(owner, "must be an object");
        }

        List<Extension>? others = null;
        foreach (JsonProperty property in owner.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null || IsIn(known, property))
            {
                continue;
            }

            string name = LenientText.Name(property);
            if (!known.Contains(name))
            {
                Tally.AddUnknownField(name);
                (others ??= []).Add(new Extension(prefix + name, property.Value));
            }
        }

        return others ?? (IReadOnlyList<Extension>)[];
    }

    /// <summary>The same of the body's top, whose names the envelope has read already.</summary>
    /// <param name="tools">The one among them that offers the model tools.</param>
    public IReadOnlyList<Extension> OthersAtTop(FrozenSet<string> known, string tools)
    {
        List<Extension>? others = null;
        for (int i = 0; i < _body.Fields.Count; i++)
        {
            string name = _body.Fields[i].Name;
            if (!known.Contains(name) && Find(Root, name) is { } value)
            {
                Tally.AddUnknownField(name);
                (others ??= []).Add(new Extension(name, value) { IsTool = name == tools });
            }
        }

        return others ?? (IReadOnlyList<Extension>)[];
    }

    /// <summary>The same of an object inside a part.</summary>
    /// <param name="name">The object's own.</param>
    public IReadOnlyList<Extension> OthersIn(JsonElement inner, string name, FrozenSet<string> known) =>
        Others(inner, known, name + ".") is { Count: > 0 } others
            ? [.. others.Select(other => other with { Owner = name })]
            : [];

    public GatewayException Missing(JsonElement owner, string name)
    {
        string path = PathOf(owner);
        string field = path.Length == 0 ? name : $"{path}.{name}";
        return GatewayException.BadRequest($"'{field}' is required.", field, "missing_required_parameter");
    }

    /// <param name="must">What the field should be, to follow its name.</param>
    public GatewayException Wrong(JsonElement value, string must)
    {
        string path = PathOf(value);
        return path.Length == 0
            ? GatewayException.BadRequest($"The request body {must}.", code: "invalid_type")
            : GatewayException.BadRequest($"'{path}' {must}.", path, "invalid_type");
    }

    /// <summary>The path of a value of this body (<c>messages[2].content</c>); empty for the body itself.</summary>
    public string PathOf(JsonElement value) => FieldPath.Of(Root, value);

    private bool IsAbsent(string name) => !_body.TryGet(name, out _);

    /// <summary>Whether a name as it stands in the body is known, which makes no string of it.</summary>
    private static bool IsIn(FrozenSet<string> known, JsonProperty property)
    {
        ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
        Span<char> letters = stackalloc char[LongestUsualName];
        return name.Length <= letters.Length
            && Ascii.ToUtf16(name, letters, out int length) == OperationStatus.Done
            && known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length]);
    }
}
