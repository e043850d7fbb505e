using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds in a request what it names of the files, containers and stores that a provider's account keeps. A body in
/// which none of the fields stands, which is most, is not gone through.
/// </summary>
/// <param name="fields">The fields that hold an id, a list of them, or an object with an <c>id</c>.</param>
/// <param name="aside">Fields in which nothing is named: what tools and schemas say has names of its own.</param>
/// <param name="isKept">Whether what stands there is an id at all, and no address; null where all are.</param>
/// <param name="countsResults">What tools put out counts as well.</param>
internal sealed class AccountFiles(
    string[] fields, string[] aside, Func<string, bool>? isKept = null, bool countsResults = false)
{
    /// <summary>Each is looked up.</summary>
    private const int Most = 100;

    private readonly byte[][] _quoted = [.. fields.Select(name => Encoding.UTF8.GetBytes($"\"{name}\""))];

    /// <exception cref="GatewayException">They are more than any conversation has.</exception>
    public IReadOnlyList<AccountReference> In(JsonEnvelope body)
    {
        ReadOnlySpan<byte> text = body.Body.Span;
        if (!MayNameAny(text))
        {
            return [];
        }

        var found = new Dictionary<string, AccountReference>(StringComparer.Ordinal);
        foreach ((string id, int at) in FindIn(text))
        {
            if (!found.ContainsKey(id))
            {
                found[id] = found.Count < Most
                    ? new AccountReference(id, NotFound(id, FieldPath.Of(text, at))) { MayBeShared = true }
                    : throw GatewayException.BadRequest($"The request names more than {Most} files.");
            }
        }

        return [.. found.Values];
    }

    /// <summary>The ids in a text, in order, and where each begins.</summary>
    /// <exception cref="JsonException">It is malformed.</exception>
    public IReadOnlyList<(string Id, int At)> FindIn(ReadOnlySpan<byte> json)
    {
        var found = new List<(string Id, int At)>();
        var reader = new Utf8JsonReader(json);
        if (reader.Read())
        {
            Read(ref reader, found, isNamed: false);
        }

        return found;
    }

    /// <summary>Two or more fast looks. Where letters stand as escapes it may name any.</summary>
    public bool MayNameAny(ReadOnlySpan<byte> text)
    {
        foreach (byte[] name in _quoted)
        {
            if (text.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return text.IndexOf("\\u00"u8) >= 0;
    }

    private void Read(scoped ref Utf8JsonReader reader, List<(string Id, int At)> found, bool isNamed)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, found, isNamed);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Read(ref reader, found, isNamed);
            }
        }
        else if (isNamed && reader.TokenType == JsonTokenType.String
            && LenientText.Decode(reader.ValueSpan, reader.ValueIsEscaped) is { Length: > 0 } id
            && isKept?.Invoke(id) != false)
        {
            found.Add((id, (int)reader.TokenStartIndex));
        }
    }

    /// <param name="isNamed">The object stands for what it has the <c>id</c> of.</param>
    private void ReadObject(scoped ref Utf8JsonReader reader, List<(string Id, int At)> found, bool isNamed)
    {
        (bool isResult, bool isElse) = (false, false);
        List<(string Id, int At)>? own = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool names = IsOneOf(ref reader, fields) || (isNamed && reader.Is("id"u8));
            bool isType = reader.Is("type"u8);
            bool isAside = !names && IsOneOf(ref reader, aside);
            reader.Read();
            if (isAside)
            {
                reader.Skip();
            }
            else if (isType && reader.TokenType == JsonTokenType.String)
            {
                bool ends = reader.ValueSpan.EndsWith("_output"u8);
                (isResult, isElse) = (isResult || ends, isElse || !ends);
            }
            else
            {
                Read(ref reader, reader.TokenType == JsonTokenType.String ? own ??= [] : found, names);
            }
        }

        // What a tool put out tells of a file and does not fetch it: it comes back with every turn.
        if (own is not null && (isElse || !isResult || countsResults))
        {
            found.AddRange(own);
        }
    }

    private static bool IsOneOf(ref Utf8JsonReader reader, string[] names)
    {
        foreach (string name in names)
        {
            if (reader.Is(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>It is another's or nobody's: that is not told.</summary>
    private static GatewayError NotFound(string id, string path) => new(
        ErrorStage.Request,
        ErrorKind.NotFound,
        404,
        $"'{ShortText.Of(id)}' not found: this key was told of none, and its account does not say 'shared-files'.")
    {
        Param = path,
    };
}
