namespace Lightport.Conversation;

/// <summary>How likely each token of a choice was, or of a piece of it.</summary>
public sealed record ChoiceLogprobs
{
    /// <summary>The tokens of the answer in their order; null where none are told.</summary>
    public IReadOnlyList<TokenLogprob>? Content { get; init; }

    /// <summary>The tokens of a refusal; null where none are told.</summary>
    public IReadOnlyList<TokenLogprob>? Refusal { get; init; }

    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    /// <summary>
    /// The tokens of all pieces in order; null for no pieces. What has no word here stays only where one piece is all,
    /// as nothing says how two of it would be joined.
    /// </summary>
    internal static ChoiceLogprobs? Join(IReadOnlyList<ChoiceLogprobs> pieces) => pieces.Count switch
    {
        0 => null,
        1 => pieces[0],
        _ => new ChoiceLogprobs
        {
            Content = Join(pieces.Select(piece => piece.Content)),
            Refusal = Join(pieces.Select(piece => piece.Refusal)),
        },
    };

    private static TokenLogprob[]? Join(IEnumerable<IReadOnlyList<TokenLogprob>?> lists)
    {
        IReadOnlyList<TokenLogprob>[] told = [.. lists.OfType<IReadOnlyList<TokenLogprob>>()];
        return told.Length == 0 ? null : [.. told.SelectMany(tokens => tokens)];
    }
}
