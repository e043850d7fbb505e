using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Fields of a request as Google reads them: each by the name of protobuf's JSON or of the proto file
/// (https://protobuf.dev/programming-guides/json/#field-names), and a list of one also without its brackets, as
/// Google's own examples have it.
/// </summary>
/// <param name="root">The request itself, which may stand inside the body.</param>
internal sealed class GoogleGeminiFields(RequestFields fields, JsonElement root)
{
    private static readonly ConcurrentDictionary<string, string> ProtoNames = new(StringComparer.Ordinal);

    public JsonElement Root => root;

    public RequestTally Tally => fields.Tally;

    /// <summary>The names, each in both of its spellings.</summary>
    public static FrozenSet<string> Names(params string[] names) =>
        names.Concat(names.Select(ProtoName)).ToFrozenSet(StringComparer.Ordinal);

    public JsonElement? Find(JsonElement owner, string name) => fields.Find(owner, Said(owner, name));

    public string? Text(JsonElement owner, string name) => fields.Text(owner, Said(owner, name));

    public string RequiredText(JsonElement owner, string name) => fields.RequiredText(owner, Said(owner, name));

    public IReadOnlyList<string> Texts(JsonElement owner, string name) => fields.Texts(owner, Said(owner, name));

    public bool? Boolean(JsonElement owner, string name) => fields.Boolean(owner, Said(owner, name));

    public double? Number(JsonElement owner, string name) => fields.Number(owner, Said(owner, name));

    public long? Long(JsonElement owner, string name) => fields.Long(owner, Said(owner, name));

    public int? Integer(JsonElement owner, string name) => fields.Integer(owner, Said(owner, name));

    public int? Integer(JsonElement owner, string name, int least) =>
        fields.Integer(owner, Said(owner, name), least);

    public JsonElement? Object(JsonElement owner, string name) => fields.Object(owner, Said(owner, name));

    /// <summary>The elements of a list; one object without brackets is a list of it.</summary>
    public IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        Find(owner, name) is { ValueKind: JsonValueKind.Object } one ? [one] : fields.Items(owner, Said(owner, name));

    /// <summary>A value among a few words, in capitals as protobuf has them; null where it is not said.</summary>
    public string? Word(JsonElement owner, string name) => Text(owner, name)?.ToUpperInvariant();

    /// <inheritdoc cref="RequestFields.Others"/>
    public IReadOnlyList<Extension> Others(JsonElement owner, FrozenSet<string> known, string prefix = "") =>
        fields.Others(owner, known, prefix);

    /// <inheritdoc cref="RequestFields.OthersIn"/>
    public IReadOnlyList<Extension> OthersIn(JsonElement inner, string name, FrozenSet<string> known) =>
        fields.OthersIn(inner, name, known);

    public GatewayException Missing(JsonElement owner, string name) => fields.Missing(owner, name);

    public GatewayException Wrong(JsonElement value, string must) => fields.Wrong(value, must);

    public string PathOf(JsonElement value) => fields.PathOf(value);

    /// <summary>The name as the proto file has it (<c>system_instruction</c>).</summary>
    private static string ProtoName(string name)
    {
        var proto = new StringBuilder(name.Length + 4);
        foreach (char letter in name)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                proto.Append('_').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                proto.Append(letter);
            }
        }

        return proto.ToString();
    }

    /// <summary>The spelling that the field stands in.</summary>
    private static string Said(JsonElement owner, string name)
    {
        if (owner.ValueOf(name) is not null)
        {
            return name;
        }

        string proto = ProtoNames.GetOrAdd(name, ProtoName);
        return owner.ValueOf(proto) is null ? name : proto;
    }
}
