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

    private bool MayFill { get; set; }

    /// <summary>The needs, with what a field of turns brings beside what is known.</summary>
    /// <param name="role">What stands in that field.</param>
    public static RequestNeeds In(
        RequestNeeds needs, JsonEnvelope body, string turns, ContentWords words, PartRole role = PartRole.Turn)
    {
        if (!body.TryGet(turns, out JsonField field) || field.Type is not (JsonTokenType.StartArray
            or JsonTokenType.StartObject))
        {
            return needs;
        }

        var scan = new ContentScan(body.Value(field), words);
        scan._reader.Read();
        scan.Walk(role);
        return needs with
        {
            Input = needs.Input | scan.Kinds,
            InputBytes = needs.InputBytes + scan.Bytes,
            InputParts = needs.InputParts + scan.Parts,
            InputIsUnclear = needs.InputIsUnclear || scan.IsUnclear,
            InputMayFill = needs.InputMayFill || scan.MayFill,
        };
    }

    /// <summary>Goes over the value that the reader stands at, to its end.</summary>
    /// <param name="isPiece">It is content that is no text, whatever it says of itself.</param>
    private void Walk(PartRole role, bool isPiece = false)
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                Walk(role, isPiece);
            }
        }
        else if (_reader.TokenType == JsonTokenType.StartObject)
        {
            WalkObject(role, isPiece);
        }
    }

    private void WalkObject(PartRole role, bool isPiece)
    {
        long start = _reader.TokenStartIndex;
        ContentKinds own = ContentKinds.None;
        (bool isSaid, bool isUnknown, bool holds) = (false, false, false);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = Text();
            (bool isHolder, bool isMark) = (_words.IsHolder(name), _words.IsMark(name));
            (bool isResult, bool isPieceWithin) = (_words.IsResult(name), _words.IsPiece(name));
            bool isField = _words.IsField(name);
            bool isStranger = _words.HasFields && !isHolder && !isField;
            _reader.Read();
            if (isHolder)
            {
                holds |= _reader.TokenType != JsonTokenType.Null;
                Walk(Within(role, isResult, isField), isPieceWithin);
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
                isUnknown |= isMark || isStranger;
                _reader.Skip();
            }
        }

        if (MayBeAnything(role, isSaid, isUnknown, holds))
        {
            // Its bytes may be text, and count as such; what it names beside them nobody here can tell.
            (Parts, IsUnclear, MayFill) = (Parts + 1, true, true);
        }

        if (own != ContentKinds.None || isPiece)
        {
            Kinds |= own;
            Bytes += (int)(_reader.BytesConsumed - start);
            Parts++;
            IsUnclear |= own == ContentKinds.None;
            MayFill = MayFill || Fills(own, isPiece, _turns[(int)start..(int)_reader.BytesConsumed]);
        }
    }

    /// <summary>Whether a piece may be of any length; a picture is only where it is named as a file.</summary>
    private readonly bool Fills(ContentKinds own, bool isPiece, ReadOnlySpan<byte> piece) => own switch
    {
        ContentKinds.Image => isPiece && AddressScan.IsNamedIn(piece),
        ContentKinds.File => !_words.IsText(piece),
        _ => true,
    };

    /// <summary>What stands in the field of an object whose value the reader has come to.</summary>
    /// <param name="isResult">It holds what a tool put out.</param>
    /// <param name="isField">It is a part's own, and holds no parts.</param>
    private readonly PartRole Within(PartRole role, bool isResult, bool isField) => role switch
    {
        PartRole.Own => PartRole.Own,
        _ when isResult => _reader.TokenType == JsonTokenType.StartArray ? PartRole.Result : PartRole.Own,
        _ => isField ? PartRole.Turn : PartRole.Part,
    };

    /// <summary>Whether an object is none that is known, so that only its server can tell what it brings.</summary>
    private readonly bool MayBeAnything(PartRole role, bool isSaid, bool isUnknown, bool holds) => role switch
    {
        PartRole.Part => isUnknown || !(isSaid || _words.HasFields),
        PartRole.Turn => _words.MarksTurns && (isUnknown || !(isSaid || holds)),
        PartRole.Result => isUnknown,
        _ => false,
    };

    private readonly ReadOnlySpan<byte> Text() => _reader.ValueIsEscaped
        ? Encoding.UTF8.GetBytes(LenientText.Decode(_reader.ValueSpan, escaped: true))
        : _reader.ValueSpan;
}
