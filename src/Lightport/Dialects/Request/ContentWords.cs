using System.Text;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>How a dialect says in its turns what is no text.</summary>
/// <param name="holders">The fields in which parts of a turn stand, or parts of a part.</param>
/// <param name="marks">The fields that say of what kind an object is.</param>
/// <param name="kinds">What they say, and what that is; all that begins so, where it ends in a slash.</param>
internal sealed class ContentWords(
    string[] holders, string[] marks, params (string Said, ContentKinds Kind)[] kinds)
{
    private readonly byte[][] _holders = Bytes(holders);
    private readonly byte[][] _marks = Bytes(marks);
    private readonly byte[][] _pieces = [];
    private readonly byte[][] _plain = [];
    private readonly byte[][] _results = [];
    private readonly byte[][]? _fields;

    private readonly (byte[] Said, ContentKinds Kind)[] _kinds =
        [.. kinds.Select(word => (Encoding.UTF8.GetBytes(word.Said), word.Kind))];

    /// <summary>The holders whose objects are no text, whether they say of what kind they are or not.</summary>
    public string[] Pieces
    {
        init => _pieces = Bytes(value);
    }

    /// <summary>
    /// What the marks of parts say that are nothing but the text that stands in them; a part that says anything else,
    /// or nothing, may bring or name whatever a server reads in it.
    /// </summary>
    public string[] Plain
    {
        init => _plain = Bytes(value);
    }

    /// <summary>
    /// The fields that a part may have, where the dialect tells parts apart by them and not by a mark: a part with any
    /// other may be whatever a server reads in it.
    /// </summary>
    public string[] Fields
    {
        init => _fields = Bytes(value);
    }

    /// <summary>The holders of what tools have put out: an object that stands there alone is the tool's own.</summary>
    public string[] Results
    {
        init => _results = Bytes(value);
    }

    /// <summary>The field of a file whose type <c>text</c> says that the file is its text; null for none.</summary>
    public string? TextSource { get; init; }

    /// <summary>
    /// Turns say by their marks what they are, as parts do, but for those that have content and no mark.
    /// </summary>
    public bool MarksTurns { get; init; }

    /// <summary>Parts are told apart by their fields.</summary>
    public bool HasFields => _fields is not null;

    public bool IsPlain(ReadOnlySpan<byte> said) => Contains(_plain, said);

    public bool IsPiece(ReadOnlySpan<byte> name) => Contains(_pieces, name);

    public bool IsHolder(ReadOnlySpan<byte> name) => Contains(_holders, name);

    public bool IsResult(ReadOnlySpan<byte> name) => Contains(_results, name);

    public bool IsField(ReadOnlySpan<byte> name) => _fields is not null && Contains(_fields, name);

    public bool IsMark(ReadOnlySpan<byte> name) => Contains(_marks, name);

    public ContentKinds KindOf(ReadOnlySpan<byte> said)
    {
        foreach ((byte[] word, ContentKinds kind) in _kinds)
        {
            if (word[^1] == (byte)'/' ? said.StartsWith(word) : said.SequenceEqual(word))
            {
                return kind;
            }
        }

        return ContentKinds.None;
    }

    /// <summary>Whether a file is nothing but the text that stands in it, however often it says what it is.</summary>
    /// <param name="file">JSON text.</param>
    public bool IsText(ReadOnlySpan<byte> file)
    {
        int sources = 0;
        bool isText = TextSource is not null;
        for (var fields = new JsonFieldReader(file, TextSource ?? ""); isText && fields.Next();)
        {
            if (fields.Found)
            {
                sources++;
                isText = IsOfText(file[fields.ValueStart..fields.ValueEnd]);
            }
        }

        return isText && sources > 0;
    }

    private static bool IsOfText(ReadOnlySpan<byte> source)
    {
        int types = 0;
        for (var fields = new JsonFieldReader(source, "type"); JsonObjectText.IsObject(source) && fields.Next();)
        {
            if (fields.Found)
            {
                types++;
                if (!source[fields.ValueStart..fields.ValueEnd].SequenceEqual("\"text\""u8))
                {
                    return false;
                }
            }
        }

        return types > 0;
    }

    private static byte[][] Bytes(string[] words) => [.. words.Select(Encoding.UTF8.GetBytes)];

    private static bool Contains(byte[][] names, ReadOnlySpan<byte> name)
    {
        foreach (byte[] known in names)
        {
            if (name.SequenceEqual(known))
            {
                return true;
            }
        }

        return false;
    }
}
