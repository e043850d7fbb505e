namespace Lightport.Enrichment.Sources;

/// <summary>Reads a source, whatever its kind.</summary>
internal sealed class SourceReader(SourceFiles files, RestClient rest, McpTextReader mcp, SourceCache cache)
{
    /// <exception cref="SourceException">It cannot be read.</exception>
    public Task<string> ReadAsync(SourcePlan plan, CancellationToken cancellationToken) => plan.Source switch
    {
        TextSource text => Task.FromResult(text.Text),
        FileSource file => Task.FromResult(files.Read(file)),

        // Others may wait for what is remembered: nobody's going ends it, its own time does.
        { Cache.Ticks: > 0 } => cache.GetAsync(
            plan.Question, () => AskAsync(plan, CancellationToken.None), cancellationToken),
        _ => AskAsync(plan, cancellationToken),
    };

    private Task<string> AskAsync(SourcePlan plan, CancellationToken cancellationToken) => plan.Source switch
    {
        RestSource source => rest.ReadAsync(source, plan.Question.Address!, cancellationToken),
        McpSource source => mcp.ReadAsync(source, plan.Caller, cancellationToken),
        var other => throw new InvalidOperationException($"{other.GetType().Name} has no reader."),
    };
}
