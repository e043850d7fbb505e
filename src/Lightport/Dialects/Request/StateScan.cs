using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>
/// Finds who made the states in a request's turns, in one pass that makes no objects but of what names its maker. A
/// request without any is not even gone through.
/// </summary>
internal ref struct StateScan
{
    /// <summary>More makers than any conversation has.</summary>
    private const int Most = 32;

    private readonly StateWords _words;
    private readonly HashSet<OpaqueState> _makers = [];
    private Utf8JsonReader _reader;

    private StateScan(ReadOnlySpan<byte> turns, StateWords words)
    {
        _words = words;
        _reader = new Utf8JsonReader(turns, new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
    }

    /// <param name="turns">The field that holds them.</param>
    public static RequestStates In(JsonEnvelope body, string turns, StateWords words)
    {
        if (!body.TryGet(turns, out JsonField field) || !words.MayStandIn(body.Value(field)))
        {
            return RequestStates.None;
        }

        var scan = new StateScan(body.Value(field), words);
        scan._reader.Read();
        scan.Walk();
        return scan._makers.Count == 0 ? RequestStates.None : new RequestStates(words.Told, [.. scan._makers]);
    }

    /// <summary>Goes over the value that the reader stands at, to its end.</summary>
    private void Walk()
    {
        if (_reader.TokenType == JsonTokenType.StartArray)
        {
            while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
            {
                Walk();
            }
        }
        else if (_reader.TokenType == JsonTokenType.StartObject)
        {
            WalkObject();
        }
    }

    private void WalkObject()
    {
        OpaqueState? state = null;
        (string? format, string? account, string? model) = (null, null, null);
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = _reader.ValueSpan;
            if (_words.IsHolder(name))
            {
                _reader.Read();
                Walk();
            }
            else if (_words.FormatOf(name) is { } own)
            {
                _reader.Read();
                state = Slot(own) ?? state;
                _reader.Skip();
            }
            else if (name.SequenceEqual("format"u8))
            {
                format = _reader.ReadText();
            }
            else if (name.SequenceEqual("account"u8))
            {
                account = _reader.ReadText();
            }
            else if (name.SequenceEqual("model"u8))
            {
                model = _reader.ReadText();
            }
            else
            {
                _reader.Read();
                _reader.Skip();
            }
        }

        if (state is not null)
        {
            Add(state with
            {
                Format = format ?? state.Format,
                Account = account ?? state.Account,
                Model = model ?? state.Model,
            });
        }
    }

    private void Add(OpaqueState maker)
    {
        if (maker.Format != StateFormats.None && _makers.Count < Most)
        {
            _makers.Add(maker);
        }
    }

    /// <summary>Whose state the slot holds that the reader stands at; null where it holds none.</summary>
    private readonly OpaqueState? Slot(string own)
    {
        if (_reader.TokenType != JsonTokenType.String || _reader.ValueSpan.IsEmpty)
        {
            return null;
        }

        // Only the gateway's own envelopes name a maker; all other text is the slot's own, however long.
        bool mayBeEnvelope = _reader.ValueSpan.StartsWith("lp"u8) || _reader.ValueSpan.StartsWith("bHA"u8);
        return mayBeEnvelope
            ? _words.Read(LenientText.Decode(_reader.ValueSpan, _reader.ValueIsEscaped), own) with
            {
                Data = "",
                Redacted = false,
            }
            : new OpaqueState(own, "");
    }
}
