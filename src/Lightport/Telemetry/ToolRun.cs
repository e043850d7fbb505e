namespace Lightport.Telemetry;

/// <summary>A call of an MCP server's tool that is over.</summary>
/// <param name="Tool">The tool's name; null where it is a client's to choose, and so none for a metric.</param>
/// <param name="Failure">What failed, as one word; null where nothing did.</param>
internal readonly record struct ToolRun(string? Tool, string? Failure, TimeSpan Duration)
{
    /// <summary>What was asked for, in the protocol's word, where it was no call of a tool; null where it was one.
    /// </summary>
    public string? Method { get; init; }
}
