using Lightport.Configuration.Yaml;
using Lightport.Prices;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>providers</c>.</summary>
internal static class ProvidersReader
{
    public const string Echo = "echo";

    public static ProviderSet Read(YamlNode node, ReadingContext context)
    {
        var providers = new List<ConfiguredProvider>();
        var declared = new HashSet<string>(StringComparer.Ordinal);
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(node, "providers", context.Errors))
        {
            declared.Add(name.Value);
            if (NameError(name.Value) is { } error)
            {
                context.Errors.Add(name, error);
            }
            else if (ProviderReader.Read(name, value, context) is { } provider)
            {
                providers.Add(provider);
            }
        }

        return new ProviderSet(WithEcho(providers, context.Catalog), declared);
    }

    /// <summary>
    /// What is there without a word: every provider that needs nothing but a key, and whose key is set or may be in a
    /// vault, which only a call shows.
    /// </summary>
    /// <param name="everyKey">Keys come with the requests (bring-your-own), so none need be set here.</param>
    public static ProviderSet Default(ProviderCatalog catalog, ConfigurationEnvironment environment, bool everyKey)
    {
        IEnumerable<ConfiguredProvider> providers = catalog.NeedingOnlyKey()
            .Where(provider => everyKey || environment.SecretsElsewhere
                || environment.Names.Contains(provider.KeyVariable))
            .Select(provider =>
                new ConfiguredProvider(provider.Id, catalog.Find(provider.Id)!, provider.KeyVariable));
        return new ProviderSet(WithEcho(providers, catalog), new HashSet<string>());
    }

    private static List<ConfiguredProvider> WithEcho(IEnumerable<ConfiguredProvider> providers, ProviderCatalog catalog)
    {
        var all = providers.ToList();
        if (catalog.Find(Echo) is { } echo)
        {
            all.Add(new ConfiguredProvider(Echo, echo, null) { Prices = PriceOverrides.Free });
        }

        return all;
    }

    private static string? NameError(string name) => name switch
    {
        Echo => "'echo' is built in and always there; remove it here, or choose another name.",
        _ when name.Length is > 0 and <= 64 && name.All(MayStandInName) => null,
        _ => $"the provider name '{name}' must be of a-z, 0-9 and '-', as it stands in provider/model.",
    };

    private static bool MayStandInName(char letter) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' or '.';
}
