namespace Lightport.Conversation;

/// <summary>A token of an answer, or one that could have stood in its place, and how likely it was.</summary>
/// <param name="Token">Its text; U+FFFD where it is no whole character.</param>
/// <param name="Logprob">The natural logarithm of its probability; null where the provider told none.</param>
public sealed record TokenLogprob(string Token, ExactNumber? Logprob)
{
    /// <summary>Its UTF-8 bytes, which tell half of a character too; null where the provider told none.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>The likeliest tokens in this place, as many as were asked for.</summary>
    public IReadOnlyList<TokenLogprob> Top { get; init; } = [];

    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
