using Microsoft.Extensions.Configuration;

namespace Lightport.Transport;

/// <summary>
/// Secrets by name out of the host's settings: environment, user secrets, local settings. White space around a value is
/// no part of it: a file read into a variable ends in a line end.
/// </summary>
internal sealed class ConfigurationSecretSource(IConfiguration settings) : ISecretSource
{
    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) =>
        new(settings[name]?.Trim() is { Length: > 0 } value ? value : null);

    public void Invalidate(string name)
    {
        // Read anew at every call: there is nothing to forget.
    }
}
