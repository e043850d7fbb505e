namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>What tells the answers of chat from those of completions; in all else their wires are one.</summary>
/// <param name="Chunk">The <c>object</c> of a stream's chunk.</param>
/// <param name="Whole">The <c>object</c> of a whole answer.</param>
/// <param name="IdPrefix">How ids begin.</param>
/// <param name="HasDeltas">Choices hold deltas and messages; otherwise bare text.</param>
internal sealed record OpenAIChatAnswerShape(string Chunk, string Whole, string IdPrefix, bool HasDeltas)
{
    public static OpenAIChatAnswerShape Chat { get; } =
        new(OpenAIChatWire.Chunk, OpenAIChatWire.Completion, "chatcmpl-", HasDeltas: true);

    public static OpenAIChatAnswerShape Completions { get; } =
        new("text_completion", "text_completion", "cmpl-", HasDeltas: false);
}
