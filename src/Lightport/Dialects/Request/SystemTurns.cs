namespace Lightport.Dialects;

/// <summary>
/// Where a model's chat template takes system turns. Strict ones (Qwen's, Gemma's, Mistral's) refuse every one that is
/// not the first message, and often turns of one role in a row.
/// </summary>
public enum SystemTurns
{
    /// <summary>Anywhere, in any number.</summary>
    InPlace,

    /// <summary>One, at the start: all are put together there.</summary>
    Merged,

    /// <summary>
    /// One, at the start: a later one is told as text in the user's turn, so that what came before stays as it was.
    /// </summary>
    InUserTurn,
}
