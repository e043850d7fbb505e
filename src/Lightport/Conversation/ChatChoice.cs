namespace Lightport.Conversation;

/// <summary>One answer of the several that <c>n</c> may ask for.</summary>
public sealed record ChatChoice(int Index, IReadOnlyList<ContentPart> Parts, Finish Finish)
{
    /// <summary>Null where none were asked for or told.</summary>
    public ChoiceLogprobs? Logprobs { get; init; }
}
