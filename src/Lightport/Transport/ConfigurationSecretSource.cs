using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Lightport.Transport;

/// <summary>
/// Secrets by name out of the host's settings: environment, user secrets, local settings. White space around a value is
/// no part of it: a file read into a variable ends in a line end.
/// </summary>
/// <remarks>
/// What was found is remembered until the settings are loaded anew: each request asks for a key, and the settings are
/// looked through one source after the other.
/// </remarks>
internal sealed class ConfigurationSecretSource : ISecretSource, IDisposable
{
    private readonly IConfiguration _settings;
    private readonly IDisposable _reloads;
    private volatile ConcurrentDictionary<string, string> _found = new(StringComparer.Ordinal);

    public ConfigurationSecretSource(IConfiguration settings)
    {
        _settings = settings;
        _reloads = ChangeToken.OnChange(settings.GetReloadToken, Forget);
    }

    public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        // Taken first: what is read out of settings that change meanwhile is put where nobody looks any more.
        ConcurrentDictionary<string, string> found = _found;
        if (found.TryGetValue(name, out string? known))
        {
            return new(known);
        }

        return new(_settings[name]?.Trim() is { Length: > 0 } value ? found[name] = value : null);
    }

    public void Invalidate(string name) => _found.TryRemove(name, out _);

    public void Dispose() => _reloads.Dispose();

    private void Forget() => _found = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
}
