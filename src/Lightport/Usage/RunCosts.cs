namespace Lightport.Usage;

/// <summary>What a request has had run of MCP servers' tools.</summary>
/// <param name="Count">How often tools were run, or may have been.</param>
/// <param name="Dollars">What that cost, in US dollars.</param>
public readonly record struct RunCosts(int Count, decimal Dollars);
