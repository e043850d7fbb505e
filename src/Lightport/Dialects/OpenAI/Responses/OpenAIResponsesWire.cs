namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Words of the wire (https://platform.openai.com/docs/api-reference/responses) that more than one coder needs.
/// </summary>
internal static class OpenAIResponsesWire
{
    /// <summary>A message's field that says whether it is on the way to the answer or the answer itself.</summary>
    public const string Phase = "phase";

    /// <summary>Thinking itself, not a summary of it; the trait that asks for it back has the same word.</summary>
    public const string ReasoningText = "reasoning_text";

    /// <summary>The field that a count stands in.</summary>
    public const string CountField = "input_tokens";
}
