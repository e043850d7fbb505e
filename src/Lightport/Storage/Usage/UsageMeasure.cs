namespace Lightport.Storage;

/// <summary>What a row of usage counts; its names are those of columns and of JSON, and stay.</summary>
public enum UsageMeasure
{
    Requests,

    /// <summary>
    /// Those of <see cref="Requests"/> that were answered with an error, or ended in one; a client that goes is none.
    /// </summary>
    Errors,

    /// <summary>
    /// Those of <see cref="Requests"/> whose tokens the gateway estimated, and attempts that failed before another.
    /// </summary>
    Estimated,

    Input,

    CacheRead,

    CacheWrite,

    CacheWriteLong,

    InputAudio,

    Output,

    Reasoning,

    OutputAudio,

    WebSearches,

    /// <summary>Attempts that were followed by another, of requests that are counted where they ended.</summary>
    FailedAttempts,

    /// <summary>Billionths of a US dollar, of all that has a known price.</summary>
    Cost,

    /// <summary>The part of <see cref="Cost"/> that is for all classes of input.</summary>
    InputCost,

    /// <summary>The part of <see cref="Cost"/> that is for all classes of output.</summary>
    OutputCost,

    /// <summary>The part of <see cref="Cost"/> that was paid for failed attempts.</summary>
    LostCost,

    /// <summary>The part of <see cref="Cost"/> whose tokens the gateway estimated.</summary>
    EstimatedCost,

    /// <summary>Requests and failed attempts that used something whose price is unknown.</summary>
    Unpriced,

    /// <summary>The part of <see cref="Cost"/> that is for runs of MCP servers' tools.</summary>
    ToolCost,
}
