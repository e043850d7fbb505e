using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Audit;
using Lightport.Configuration.Reading;
using Lightport.Configuration.Yaml;
using Lightport.Enrichment.Sources;
using Lightport.Limits.Rules;
using Lightport.Mcp;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Routing.Rules;
using Lightport.Storage;

namespace Lightport.Configuration;

/// <summary>Makes a configuration of the text of <c>lightport.yaml</c>: all of it, or none and every error.</summary>
public static class ConfigurationLoader
{
    /// <summary>The name under which the key in <c>LIGHTPORT_KEY</c> is known.</summary>
    public const string SingleKeyName = "LIGHTPORT_KEY";

    private static readonly SectionKeys Keys = new(
        "providers", "models", "rules", "cors", "admission", "keys", "limits", "alerts", "identity", "management",
        "audit", ContextReader.Key, McpReader.Key, "direct", "trusted-hosts")
    {
        OtherWords = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model_list"] = "models",
            ["mcpServers"] = "mcp",
            ["mcp_servers"] = "mcp",
            ["virtual_keys"] = "keys",
            ["budgets"] = "limits",
        },
        SaidElsewhere = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["litellm_settings"] = "retries, fallbacks and timeouts stand at each entry of 'models' "
                + "(docs/coming-from.md).",
            ["router_settings"] = "'select', 'retry', 'breaker' and 'fallback' stand at each entry of 'models' "
                + "(docs/coming-from.md).",
            ["general_settings"] = "the admin key is LIGHTPORT_ADMIN_KEY in the environment, and clients' keys stand "
                + "under 'keys' (docs/coming-from.md).",
            ["environment_variables"] = "set them where the gateway starts; 'key' at a provider names one.",
        },
    };

    /// <summary>Reads and checks a document. Never throws, whatever the text.</summary>
    /// <param name="text">The document.</param>
    /// <param name="sourceName">How errors name it.</param>
    /// <param name="catalog">The providers that there are.</param>
    /// <param name="environmentNames">The names of the settings and secrets that have a value here.</param>
    /// <param name="clientKey">The value of <c>LIGHTPORT_KEY</c>: one client key for any model; null for none.</param>
    public static ConfigurationResult Load(
        string text,
        string sourceName,
        ProviderCatalog catalog,
        IReadOnlySet<string> environmentNames,
        string? clientKey = null) =>
        Load(text, sourceName, catalog, new ConfigurationEnvironment(environmentNames, clientKey, null));

    /// <summary>Reads and checks a document. Never throws, whatever the text.</summary>
    /// <param name="version">What to call it; null for a name made of the text.</param>
    public static ConfigurationResult Load(
        string text,
        string sourceName,
        ProviderCatalog catalog,
        ConfigurationEnvironment environment,
        string? version = null)
    {
        var errors = new ConfigurationErrors(sourceName);
        var context = new ReadingContext(catalog, environment, errors);
        GatewayConfiguration? read = null;
        try
        {
            read = Read(text, context, version ?? TextMark.Of(text));
        }
        catch (YamlDocumentException exception)
        {
            errors.Add(exception.Line, exception.Column, exception.Message);
        }

        return errors.Any || read is null
            ? new ConfigurationResult(errors.Errors)
            : new ConfigurationResult(read with { Source = sourceName, Warnings = errors.Warnings });
    }

    /// <summary>What there is without a file: every provider whose key variable is set, and <c>echo</c>.</summary>
    public static GatewayConfiguration BuiltIn(ProviderCatalog catalog, ConfigurationEnvironment environment)
    {
        ProviderSet providers = ProvidersReader.Default(catalog, environment, everyKey: false);
        var table = new RoutingTable("built-in", providers.InOrder, WithEcho([], providers), [])
        {
            Absent = new AbsentProviders(catalog, listed: false),
        };
        AdmissionSettings admission =
            AdmissionReader.Settings(null, [.. SingleKey(environment.ClientKey)], environment.Managed);
        return new GatewayConfiguration(table, admission, "built-in defaults", []);
    }

    private static GatewayConfiguration? Read(
        string text,
        ReadingContext context,
        string version)
    {
        ConfigurationEnvironment environment = context.Environment;
        ConfigurationErrors errors = context.Errors;
        if (YamlDocument.Read(text, errors) is not { } root)
        {
            errors.Add(1, 1, "the file is empty; fill it as lightport.sample.yaml is filled, or remove it.");
            return null;
        }

        if (Section.Read(root, "", Keys, errors) is not { } file)
        {
            return null;
        }

        RefuseWhatComesLater(file);
        AdmissionMode? mode = AdmissionReader.ReadMode(file.Find("admission"), errors);
        ClientKey[] keys = [.. KeysReader.Read(file.Find("keys"), errors), .. SingleKey(environment.ClientKey)];
        IdentitySettings? identity = IdentityReader.Read(file.Find(IdentityReader.Key), errors);
        RefuseIdentityWithoutKeys(mode, identity, file);
        WarnAboutAdmission(mode, environment.Managed || keys.Length > 0 || identity is not null, file);
        AdmissionSettings admission = AdmissionReader.Settings(
            mode, keys, environment.Managed || identity is not null) with
        {
            Identity = identity,
            TakesAdminKey = ManagementReader.TakesAdminKey(file.Find(ManagementReader.Key), identity, errors),
            Cors = CorsReader.Read(file.Find("cors"), errors),
        };
        RefuseOpenToEveryPage(admission, file);

        ProviderSet providers = file.Find("providers") is { } node
            ? ProvidersReader.Read(node, context with { KeysComeFromCallers = mode == AdmissionMode.BringYourOwn })
            : ProvidersReader.Default(context.Catalog, environment, mode == AdmissionMode.BringYourOwn);
        IReadOnlyList<ModelEntry> entries = ModelsReader.Read(file.Find("models"), errors);
        ContextReader.RefuseUnknown(entries, file.Find(ContextReader.Key), errors);
        McpSettings mcp = McpReader.Read(file.Find(McpReader.Key), context);
        McpReader.RefuseUnknown(entries, mcp, errors);
        RuleList callRules = CallRulesReader.Read(file.Find(McpReader.Key), errors);
        var builder = new RouteBuilder(entries, providers, context);
        Route[] exact = [.. entries.Where(entry => !entry.IsWildcard).Select(builder.Build)];
        Route[] wildcards = [.. entries.Where(entry => entry.IsWildcard).Select(builder.Build)];
        RoundsReader.WarnOfUnknownPrices(entries, exact.Concat(wildcards), context);
        bool direct = file.Boolean("direct") ?? true;
        RuleList rules = RulesReader.Read(file.Find("rules"), builder, errors);
        ContextSettings sources = ContextReader.Read(file.Find(ContextReader.Key), builder, mcp, context);
        AuditSettings audit = AuditReader.Read(file.Find("audit"), context);
        bool othersComeIn = environment.Managed || identity is not null;
        IReadOnlyList<LimitRule> limits = new LimitsReader(
            builder,
            NamesOf(providers, entries, admission.Mode == AdmissionMode.Keys && !othersComeIn ? keys : null),
            errors).Read(file.Find("limits"));
        LimitPrices.WarnOfUnknown(
            limits, (file.Find("limits") as SequenceNode)?.Items ?? [], [.. exact, .. wildcards], context);
        LimitPrices.WarnOfUnknown(
            keys, (file.Find("keys") as SequenceNode)?.Items ?? [], [.. exact, .. wildcards], context);
        AlertWebhook? webhook = AlertsReader.Read(file.Find("alerts"), context);
        if (errors.Any)
        {
            return null;
        }

        var table = new RoutingTable(
            version,
            providers.InOrder,
            WithEcho(exact, providers),
            wildcards.Select(route => new WildcardRoute(route.Name, route)),
            direct)
        {
            Absent = new AbsentProviders(context.Catalog, listed: file.Find("providers") is not null),
            Rules = rules,
            LedTo = RoutesOf(limits, builder, file),
        };
        KeyModels.WarnOfUnknown(file.Find("keys"), table, errors);
        return new GatewayConfiguration(
            table,
            admission,
            "",
            [])
        {
            Limits = new LimitTable(limits) { Webhook = webhook },
            Audit = audit,
            Context = sources,
            Mcp = mcp,
            CallRules = callRules,
        };
    }

    private static LimitNames NamesOf(
        ProviderSet providers, IReadOnlyList<ModelEntry> entries, IEnumerable<ClientKey>? keys) => new(
        providers.ByName.Keys.ToHashSet(StringComparer.Ordinal),
        entries.Select(entry => entry.Name.Value).Append(ProvidersReader.Echo).ToHashSet(StringComparer.Ordinal),
        keys?.Select(key => key.Caller.Name).ToHashSet(StringComparer.Ordinal));

    /// <summary>Where limits lead, by the name that they say.</summary>
    private static Dictionary<string, Route> RoutesOf(
        IReadOnlyList<LimitRule> limits, RouteBuilder builder, Section file) =>
        limits.Select(limit => limit.Route)
            .OfType<string>()
            .Distinct()
            .ToDictionary(name => name, name => builder.Find(name, file.At)!, StringComparer.Ordinal);

    private static void RefuseWhatComesLater(Section file)
    {
        const string Key = "trusted-hosts";
        if (file.Find(Key) is { } node && Section.Items(node, Key, file.Errors).Count > 0)
        {
            file.Errors.Add(node, $"'{Key}' is not in this version of Lightport; remove what is in it.");
        }
    }

    private static void WarnAboutAdmission(AdmissionMode? mode, bool anyKeys, Section file)
    {
        if (mode == AdmissionMode.Keys && !anyKeys)
        {
            file.Errors.Warn(
                file.Find("admission")!, "admission asks for keys and there are none, so every call is refused.");
        }
        else if (mode is AdmissionMode.Open or AdmissionMode.BringYourOwn && anyKeys)
        {
            file.Errors.Warn(
                file.Find("admission")!, "there are client keys, but admission.mode does not ask for them.");
        }
    }

    /// <summary>Who needs to show nothing, or shows a provider's key, is nobody's identity.</summary>
    private static void RefuseIdentityWithoutKeys(AdmissionMode? mode, IdentitySettings? identity, Section file)
    {
        if (identity is not null && mode is AdmissionMode.Open or AdmissionMode.BringYourOwn)
        {
            file.Errors.Add(file.Find("admission")!, "identities are asked for where keys are, and this "
                + "admission.mode asks for neither; write 'keys' there, or remove 'identity'.");
        }
    }

    /// <summary>Any page that somebody looks at on this machine could spend the providers' money.</summary>
    private static void RefuseOpenToEveryPage(AdmissionSettings admission, Section file)
    {
        if (admission is { Mode: AdmissionMode.Open, Cors.AllowsEveryone: true })
        {
            file.Errors.Add(
                file.Find("cors")!, "every web page may call, and no key is asked for; list the origins that may.");
        }
    }

    private static Route[] WithEcho(IEnumerable<Route> routes, ProviderSet providers)
    {
        Route[] all = [.. routes];
        return providers.ByName.TryGetValue(ProvidersReader.Echo, out ConfiguredProvider? echo)
            && !Array.Exists(all, route => route.Name == ProvidersReader.Echo)
            ? [.. all, new Route(ProvidersReader.Echo, [new Target(echo, ProvidersReader.Echo)])]
            : all;
    }

    private static IEnumerable<ClientKey> SingleKey(string? clientKey) =>
        string.IsNullOrEmpty(clientKey) ? [] : [ClientKey.FromPlain(SingleKeyName, clientKey)];
}
