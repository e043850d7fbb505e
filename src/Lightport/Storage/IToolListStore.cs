namespace Lightport.Storage;

/// <summary>
/// Keeps what MCP servers were last found to offer and which of it is approved: a text for each, by the server's label.
/// Every member throws <see cref="StoreException"/> where the store fails.
/// </summary>
public interface IToolListStore
{
    /// <summary>One read; null where nothing was ever written.</summary>
    ValueTask<string?> ReadAsync(string label, CancellationToken cancellationToken);

    /// <summary>In place of what was there; the last one counts.</summary>
    /// <param name="text">JSON of up to 400,000 characters.</param>
    ValueTask WriteAsync(string label, string text, CancellationToken cancellationToken);
}
