namespace Lightport.Routing;

/// <summary>Tells a provider from how its keys begin (<c>sk-ant-</c> is Anthropic's).</summary>
public sealed class KeyPrefixIndex
{
    private readonly Entry[] _longestFirst;

    /// <param name="providers">In order of preference: of two with the same prefix the first is taken.</param>
    public KeyPrefixIndex(IEnumerable<ConfiguredProvider> providers) =>
        _longestFirst = [.. providers
            .SelectMany(provider => provider.Provider.KeyPrefixes.Select(prefix => new Entry(prefix, provider)))
            .OrderByDescending(entry => entry.Prefix.Length)];

    /// <summary>The provider whose keys look like this one, or null.</summary>
    public ConfiguredProvider? Find(ReadOnlySpan<char> key)
    {
        foreach ((string prefix, ConfiguredProvider provider) in _longestFirst)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                return provider;
            }
        }

        return null;
    }

    private sealed record Entry(string Prefix, ConfiguredProvider Provider);
}
