namespace Lightport.Storage.Files;

/// <summary>What MCP servers offer, a file for each server.</summary>
/// <param name="folder">Made with the first.</param>
internal sealed class FileToolListStore(string folder) : IToolListStore
{
    public ValueTask<string?> ReadAsync(string label, CancellationToken cancellationToken) =>
        AtomicFile.ReadAsync(PathOf(label), cancellationToken);

    public ValueTask WriteAsync(string label, string text, CancellationToken cancellationToken) =>
        AtomicFile.WriteAsync(PathOf(label), text, cancellationToken);

    /// <summary>A label is made of letters, digits, dashes and underscores.</summary>
    private string PathOf(string label) => Path.Combine(folder, $"{label}.json");
}
