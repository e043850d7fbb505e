namespace Lightport.Dialects;

/// <summary>How a model is told how much to think.</summary>
public enum ThinkingStyle
{
    /// <summary>It does not think; the request for it is dropped.</summary>
    None,

    /// <summary>By a word (<c>reasoning_effort</c>, <c>output_config.effort</c>).</summary>
    Effort,

    /// <summary>By a number of tokens (<c>thinking.budget_tokens</c>).</summary>
    Budget,

    /// <summary>It decides itself, advised by an effort (<c>thinking: adaptive</c>).</summary>
    Adaptive,
}
