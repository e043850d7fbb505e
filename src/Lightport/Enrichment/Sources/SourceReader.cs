namespace Lightport.Enrichment.Sources;

/// <summary>Reads a source, whatever its kind.</summary>
internal sealed class SourceReader(SourceFiles files, RestClient rest, SourceCache cache)
{
    /// <exception cref="SourceException">It cannot be read.</exception>
    public Task<string> ReadAsync(SourceQuestion question, CancellationToken cancellationToken) =>
        question.Source switch
        {
            TextSource text => Task.FromResult(text.Text),
            FileSource file => Task.FromResult(files.Read(file)),
            RestSource { Cache.Ticks: > 0 } => cache.GetAsync(question, FetchAsync, cancellationToken),
            RestSource => FetchAsync(question, cancellationToken),
            var other => throw new InvalidOperationException($"{other.GetType().Name} has no reader."),
        };

    /// <summary>For all that wait for it: nobody's going ends it, its own time does.</summary>
    private Task<string> FetchAsync(SourceQuestion question) => FetchAsync(question, CancellationToken.None);

    private Task<string> FetchAsync(SourceQuestion question, CancellationToken cancellationToken) =>
        rest.ReadAsync((RestSource)question.Source, question.Address!, cancellationToken);
}
