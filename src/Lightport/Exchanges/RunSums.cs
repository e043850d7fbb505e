using Lightport.Usage;

namespace Lightport.Exchanges;

/// <summary>The runs of tools that a request has had; several end at once.</summary>
internal sealed class RunSums
{
    private readonly Lock _lock = new();
    private RunCosts _costs;

    /// <summary>The tool that the client itself calls, by its name at the MCP door; null where it asks a model.
    /// </summary>
    public string? Called { get; set; }

    /// <summary>One has begun, or more: asked again as it is, the request might have them run again.</summary>
    public bool HaveBegun { get; set; }

    /// <summary>Those that are over.</summary>
    public RunCosts Costs
    {
        get
        {
            lock (_lock)
            {
                return _costs;
            }
        }
    }

    /// <summary>A tool was run, or may have been.</summary>
    public void Add(decimal dollars)
    {
        lock (_lock)
        {
            _costs = new RunCosts(_costs.Count + 1, _costs.Dollars + dollars);
        }
    }
}
