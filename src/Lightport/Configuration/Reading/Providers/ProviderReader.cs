using Lightport.Configuration.Yaml;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads one entry under <c>providers</c>: a catalog provider, and what this installation says of it, once for each of
/// its accounts.
/// </summary>
internal static class ProviderReader
{
    private const string SharedFilesKey = "shared-files";

    /// <summary>The settings of the catalog's addresses that are names of regions.</summary>
    private static readonly string[] RegionSettings = ["region", "location"];

    private static readonly string[] Keys =
    [
        "use", "key", AccountsReader.KeysKey, AccountsReader.AccountsKey, "base-url", "auth", "headers",
        SharedFilesKey, EndpointsReader.Key, TraitsReader.Key,
        DataReader.Key, DataReader.QuantizationKey, PricesReader.Key, DeploymentsReader.Key,
    ];

    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.Ordinal)
    {
        ["api_key"] = "key",
        ["api-key"] = "key",
        ["apiKey"] = "key",
        ["api_base"] = "base-url",
        ["api-base"] = "base-url",
        ["baseURL"] = "base-url",
        ["endpoint"] = "base-url",
        ["url"] = "base-url",
    };

    public static ConfiguredProvider? Read(ScalarNode name, YamlNode node, ReadingContext context)
    {
        string path = $"providers.{name.Value}";
        if (FromCatalog(name, node, path, context) is not { } entry
            || Section.Read(node, path, KeysOf(entry), context.Errors) is not { } section)
        {
            return null;
        }

        int before = context.Errors.Count;
        IReadOnlyList<AccountEntry> written = AccountsReader.Read(section, entry);
        if (written.Count == 0)
        {
            return context.Errors.Count == before ? ReadOne(name, entry, section, context) : null;
        }

        var accounts = new List<ConfiguredProvider>(written.Count);
        foreach (AccountEntry account in written)
        {
            // What is wrong with the provider itself is wrong with each account, and told once.
            Section one = Section.Read(account.Provider, path, KeysOf(entry), context.Errors)!;
            if (ReadOne(name, entry, one, context) is not { } provider || context.Errors.Count > before)
            {
                return null;
            }

            accounts.Add(provider with { Account = account.Account });
        }

        return accounts[0] with { Account = null, Accounts = accounts };
    }

    private static ConfiguredProvider? ReadOne(
        ScalarNode name, Provider entry, Section section, ReadingContext context)
    {
        Provider said = EndpointsReader.Apply(WithHeaders(entry, section), section, context);
        if (ProviderAddresses.Apply(said, section, name) is not { } provider)
        {
            return null;
        }

        if (ProviderIdentity.Read(provider, section, context) is { } keyless)
        {
            RefuseAuthentication(section);
            return WithFacts(new(name.Value, ProviderIdentity.Show(provider, keyless), null), section);
        }

        string? secret = SecretOf(provider, section);
        if (secret is null)
        {
            RefuseAuthentication(section);
        }

        Warn(name, provider, secret, context);
        return WithFacts(new(name.Value, provider, secret), section);
    }

    private static ConfiguredProvider WithFacts(ConfiguredProvider provider, Section section) => provider with
    {
        Traits = TraitsReader.Read(section),
        SharedFiles = section.Boolean(SharedFilesKey) == true,
        Data = DataReader.Read(section),
        Quantization = DataReader.Quantization(section),
        Prices = PricesReader.Read(section),
        Deployments = DeploymentsReader.Read(section),
        Region = RegionSettings.Intersect(provider.Provider.SettingNames).Select(section.Text).FirstOrDefault(),
    };

    /// <summary>No key is sent to the provider, so that none can be shown to one of its endpoints.</summary>
    private static void RefuseAuthentication(Section section)
    {
        string path = $"{section.Path}.{EndpointsReader.Key}";
        foreach ((ScalarNode dialect, YamlNode node) in EndpointsReader.Entries(section))
        {
            if ((node as MappingNode)?.Find(EndpointWords.AuthenticationKey) is { } auth)
            {
                section.Errors.Add(
                    auth, $"{path}.{dialect.Value}.auth shows a key, but {section.Path} has none; name it with 'key'.");
            }
        }
    }

    private static Provider? FromCatalog(ScalarNode name, YamlNode node, string path, ReadingContext context)
    {
        YamlNode? use = (node as MappingNode)?.Find("use");
        string? id = use is null ? name.Value : Section.TextOf(use, $"{path}.use", context.Errors);
        if (id is null)
        {
            return null;
        }

        if (context.Catalog.Find(id) is { } provider)
        {
            return provider;
        }

        string near = NearNames.Question(id, context.Catalog.Ids);
        context.Errors.Add(use ?? name, use is null && near.Length == 0
            ? $"the catalog has no provider '{id}'; for a name of your own say which it is with 'use', "
                + "as in { use: openai-compatible, base-url: … }."
            : $"the catalog has no provider '{id}'{(near.Length > 0 ? near : "; docs/providers.md lists all.")}");
        return null;
    }

    private static SectionKeys KeysOf(Provider entry) =>
        new([.. Keys, .. entry.SettingNames.Except(Keys)], [])
        {
            OtherWords = OtherWords,
        };

    /// <summary>What this installation sends comes before what the catalog has at an endpoint.</summary>
    private static Provider WithHeaders(Provider provider, Section section)
    {
        string?[] keyHeaders =
        [
            provider.Authentication.Name,
            .. provider.Endpoints.Values.Select(endpoint => endpoint.Authentication?.Name),
        ];
        Dictionary<string, string> headers = HeadersReader.Read(section, keyHeaders);
        return headers.Count == 0 ? provider : provider with
        {
            Headers = HeadersReader.Over(headers, provider.Headers),
            Endpoints = EndpointsReader.Each(provider.Endpoints, endpoint => endpoint with
            {
                Headers = endpoint.Headers.Where(header => !headers.ContainsKey(header.Key)).ToDictionary(),
            }),
        };
    }

    private static string? SecretOf(Provider provider, Section section)
    {
        if (section.Find("key") is not { } node)
        {
            return provider.Authentication.KeyVariable;
        }

        string? name = section.Text("key");
        if (name is not null && (SecretNames.LooksLikeKey(name) || !SecretNames.IsName(name)))
        {
            section.Errors.Add(node, $"{section.Path}.key names a secret, never holds one; "
                + $"put the key in the environment or the vault and write its name here, as in "
                + $"{provider.Authentication.KeyVariable ?? "MY_PROVIDER_KEY"}.");
        }

        return name;
    }

    private static void Warn(ScalarNode name, Provider provider, string? secret, ReadingContext context)
    {
        if (secret is null)
        {
            return;
        }

        IReadOnlyList<string> parts = provider.Authentication.KeyVariable == secret
            ? provider.Authentication.KeyParts
            : [];
        bool isSet = context.Environment.Names.Contains(secret)
            || (parts.Count > 1 && parts.Take(2).All(context.Environment.Names.Contains));
        if (!context.Environment.SecretsElsewhere && !context.KeysComeFromCallers && !isSet)
        {
            context.Errors.Warn(name, $"the secret {secret} of provider '{name.Value}' is not set in the environment.");
        }

        if (Uri.TryCreate(provider.BaseUrl, UriKind.Absolute, out Uri? address)
            && address.Scheme == Uri.UriSchemeHttp
            && !address.IsLoopback)
        {
            context.Errors.Warn(name, $"provider '{name.Value}' is sent its key unencrypted, over http.");
        }
    }
}
