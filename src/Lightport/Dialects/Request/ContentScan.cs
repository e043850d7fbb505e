using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds what of a request's turns is no text, in one pass that makes no objects. What is the client's own (arguments,
/// schemas) may hold any word and is gone past.
/// </summary>
internal ref struct ContentScan
{
    private readonly ContentWords _words;
    private readonly ReadOnlySpan<byte> _turns;
    private Utf8JsonReader _reader;

    private ContentScan(ReadOnlySpan<byte> turns, ContentWords words)
    {
        _words = words;
        _turns = turns;
        _reader = new Utf8JsonReader(turns, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
    }

    private ContentKinds Kinds { get; set; }

    private int Bytes { get; set; }

    private int Parts { get; set; }

    private bool IsUnclear { get; set; }

    private bool IsNamed { get; set; }

    /// <summary>The needs, with what their field of turns brings.</summary>
    public static RequestNeeds In(RequestNeeds needs, JsonEnvelope body, string turns, ContentWords words)
    {
        if (!body.TryGet(turns, out JsonField field) || field.Type is not (JsonTokenType.StartArray
            or JsonTokenType.StartObject))
        {
            return needs;
        }

        var scan = new ContentScan(body.Value(field), words);
        scan._reader.Read();
        scan.Walk();
        return needs with
        {
            Input = scan.Kinds,
            InputBytes = scan.Bytes,
            InputParts = scan.Parts,
            InputIsUnclear = scan.IsUnclear,
            InputIsNamed = scan.IsNamed,
        };
    }

    /// <summary>Goes over the value that the reader stands at, to its end.</summary>
    /// <param name="isPart">It is a part of a turn, or of a part, and no turn.</param>
    /// <param name="isPiece">It is content that is no text, whatever it says of itself.</param>
    private void Walk(bool isPart = false, bool isPiece = false)
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                Walk(isPart, isPiece);
            }
        }
        else if (_reader.TokenType == JsonTokenType.StartObject)
        {
            WalkObject(isPart, isPiece);
        }
    }

    private void WalkObject(bool isPart, bool isPiece)
    {
        long start = _reader.TokenStartIndex;
        ContentKinds own = ContentKinds.None;
        (bool isSaid, bool isUnknown) = (false, false);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = Text();
            bool isHolder = _words.IsHolder(name);
            bool isPieceWithin = _words.IsPiece(name);
            bool isMark = _words.IsMark(name);
            _reader.Read();
            if (isHolder)
            {
                Walk(isPart: true, isPieceWithin);
            }
            else if (isMark && _reader.TokenType == JsonTokenType.String)
            {
                ContentKinds kind = _words.KindOf(Text());
                own |= kind;
                isSaid = true;
                isUnknown |= kind == ContentKinds.None && !_words.IsPlain(Text());
            }
            else
            {
                isUnknown |= isMark;
                _reader.Skip();
            }
        }

        if (isPart && _words.KnowsParts && (isUnknown || !isSaid))
        {
            // Its bytes may be text, and count as such; what it names beside them nobody here can tell.
            (Parts, IsUnclear, IsNamed) = (Parts + 1, true, true);
        }

        if (own != ContentKinds.None || isPiece)
        {
            Kinds |= own;
            Bytes += (int)(_reader.BytesConsumed - start);
            Parts++;
            IsUnclear |= own == ContentKinds.None;
            IsNamed = IsNamed || ((isPiece || own != ContentKinds.Image)
                && AddressScan.IsNamedIn(_turns[(int)start..(int)_reader.BytesConsumed]));
        }
    }

    private readonly ReadOnlySpan<byte> Text() => _reader.ValueIsEscaped
        ? Encoding.UTF8.GetBytes(LenientText.Decode(_reader.ValueSpan, escaped: true))
        : _reader.ValueSpan;
}
