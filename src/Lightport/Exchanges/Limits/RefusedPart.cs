namespace Lightport.Exchanges.Limits;

/// <summary>What a budget has too little for.</summary>
internal enum RefusedPart
{
    /// <summary>The answer: a shorter one may fit.</summary>
    Answer,

    /// <summary>The prompt and what is billed by the piece: no answer is short enough.</summary>
    Prompt,

    /// <summary>Runs of tools, whose price no answer's length changes.</summary>
    Runs,
}
