using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>How a dialect says in its turns what is no text.</summary>
/// <param name="holders">The fields in which parts of a turn stand, or parts of a part.</param>
/// <param name="marks">The fields that say of what kind an object is.</param>
/// <param name="kinds">How what they say begins, and what that is.</param>
internal sealed class ContentWords(
    string[] holders, string[] marks, params (string Beginning, ContentKinds Kind)[] kinds)
{
    private readonly byte[][] _holders = [.. holders.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[][] _marks = [.. marks.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[][] _pieces = [];
    private readonly byte[][]? _plain;

    private readonly (byte[] Beginning, ContentKinds Kind)[] _kinds =
        [.. kinds.Select(word => (Encoding.UTF8.GetBytes(word.Beginning), word.Kind))];

    /// <summary>The holders whose objects are no text, whether they say of what kind they are or not.</summary>
    public string[] Pieces
    {
        init => _pieces = [.. value.Select(Encoding.UTF8.GetBytes)];
    }

    /// <summary>
    /// What the marks of parts say that are nothing but the text that stands in them; a part that says anything else,
    /// or nothing, may bring or name whatever a server reads in it. Null where a dialect's parts are not so told apart.
    /// </summary>
    public string[]? Plain
    {
        init => _plain = value is null ? null : [.. value.Select(Encoding.UTF8.GetBytes)];
    }

    public bool KnowsParts => _plain is not null;

    public bool IsPlain(ReadOnlySpan<byte> said) => _plain is not null && Contains(_plain, said);

    public bool IsPiece(ReadOnlySpan<byte> name) => Contains(_pieces, name);

    public bool IsHolder(ReadOnlySpan<byte> name) => Contains(_holders, name);

    public bool IsMark(ReadOnlySpan<byte> name) => Contains(_marks, name);

    public ContentKinds KindOf(ReadOnlySpan<byte> said)
    {
        foreach ((byte[] beginning, ContentKinds kind) in _kinds)
        {
            if (said.StartsWith(beginning))
            {
                return kind;
            }
        }

        return ContentKinds.None;
    }

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
