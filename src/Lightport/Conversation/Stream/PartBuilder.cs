namespace Lightport.Conversation;

/// <summary>Folds the pieces of one part into the part.</summary>
/// <param name="opening">The part as it began.</param>
public sealed class PartBuilder(ContentPart opening)
{
    private TextPieces _text;
    private MediaBuilder? _media;
    private List<Citation>? _citations;
    private OpaqueState? _state = opening.State;
    private long? _expiresAt;

    private string Text => _text.ToString();

    /// <summary>Takes the next piece.</summary>
    public void Add(StreamEvent.PartEvent piece)
    {
        switch (piece)
        {
            case StreamEvent.TextDelta text:
                _text.Append(text.Text);
                break;
            case StreamEvent.RefusalDelta refusal:
                _text.Append(refusal.Text);
                break;
            case StreamEvent.ReasoningDelta reasoning:
                _text.Append(reasoning.Text);
                break;
            case StreamEvent.ToolCallDelta delta:
                _text.Append(delta.Arguments);
                break;
            case StreamEvent.CitationAdded added:
                (_citations ??= []).Add(added.Citation);
                break;
            case StreamEvent.MediaDelta delta:
                Add(delta);
                break;
            case StreamEvent.PartEnd end:
                _state = end.State ?? _state;
                break;
        }
    }

    /// <summary>The part as far as it has come.</summary>
    public ContentPart Build() => opening switch
    {
        TextPart text => text with
        {
            Text = Text,
            Citations = _citations is null ? [] : [.. _citations],
            State = _state,
        },
        RefusalPart refusal => refusal with { Text = Text, State = _state },
        ReasoningPart reasoning => reasoning with { Text = Text, State = _state },
        ToolCallPart call => call with { Arguments = Arguments(call), State = _state },
        ServerToolCallPart call => call with { Arguments = Text, State = _state },
        McpCallPart call => call with { Arguments = _text.Length > 0 ? Text : "{}", State = _state },
        ImagePart image => image with { Source = Source(image.Source), State = _state },
        AudioPart audio => audio with
        {
            Source = Source(audio.Source),
            Transcript = _text.IsBegun ? Text : audio.Transcript,
            ExpiresAt = _expiresAt ?? audio.ExpiresAt,
            State = _state,
        },
        _ => opening with { State = _state },
    };

    private void Add(StreamEvent.MediaDelta delta)
    {
        (_media ??= new MediaBuilder()).Add(delta.Data);
        _expiresAt = delta.ExpiresAt ?? _expiresAt;
        if (delta.Transcript is { } words)
        {
            _text.Append(words);
        }
    }

    /// <summary>A function is called with an object, be it an empty one.</summary>
    private string Arguments(ToolCallPart call) =>
        call.Kind == ToolKind.Function && _text.Length == 0 ? "{}" : Text;

    private MediaSource Source(MediaSource known) =>
        _media is null ? known : MediaSource.FromBase64(_media.Join(), known.MediaType);
}
