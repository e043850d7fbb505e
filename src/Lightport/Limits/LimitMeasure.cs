namespace Lightport.Limits;

/// <summary>What a limit counts.</summary>
internal enum LimitMeasure
{
    /// <summary>Requests that were let in.</summary>
    Requests,

    /// <summary>Tokens of prompts and answers, cached ones included.</summary>
    Tokens,

    /// <summary>Requests that run at the same time.</summary>
    Concurrent,

    /// <summary>Billionths of a US dollar.</summary>
    Money,
}
