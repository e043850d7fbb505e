namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>A call that a streamed answer has begun to tell.</summary>
/// <param name="Place">Counts the calls of the choice from 0.</param>
internal sealed record OpenAIChatSaidCall(int Place, bool IsCustom)
{
    public bool HasArguments { get; set; }
}
