using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>One answer of the several that <c>n</c> may ask for.</summary>
public sealed record ChatChoice(int Index, IReadOnlyList<ContentPart> Parts, Finish Finish)
{
    /// <summary>Log probabilities in chat's shape (<c>{"content":[…]}</c>).</summary>
    public JsonElement? Logprobs { get; init; }
}
