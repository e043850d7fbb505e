using System.Text;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

/// <summary>Writes docs/providers.md from the catalog.</summary>
internal static class ProviderPage
{
    public static string Write(ProviderCatalog catalog)
    {
        var page = new StringBuilder();
        page.Append($"""
            # Providers

            {catalog.Ids.Count} providers, each one file under `src/Lightport/Providers/Catalog`. This page is made from
            them by `eng/providers-page.sh`. A key is the secret of the name given, unless `lightport.yaml` names
            another. Words in braces are settings; one behind an address may be left out, and with it the vendor's address
            in that place is called ([prices](prices.md) go by it). Any other server with OpenAI's wire is `openai-compatible`.

            | id | provider | dialects | key | base address |
            |---|---|---|---|---|

            """);
        foreach (Provider provider in catalog.All)
        {
            string key = provider.Authentication.KeyVariable is { } variable ? $"`{variable}`" : "none";
            page.Append($"| `{provider.Id}` | [{provider.Name}]({provider.Source.OriginalString}) ")
                .Append($"| {string.Join(", ", provider.Endpoints.Keys.Select(EndpointWords.DialectOf).Distinct())} ")
                .Append($"| {key} | `{provider.BaseUrl}`{Elsewhere(provider)} |\n");
        }

        WriteRules(page, catalog);
        page.Append("\n## Left out\n");
        WriteLeftOut(page, "Ended:", isDead: true);
        WriteLeftOut(page, "Not reachable by the dialects and keys of today, or not ours to list:", isDead: false);
        return page.ToString();
    }

    private static string Elsewhere(Provider provider) => string.Concat(provider.BaseUrlsFor
        .Where(setting => !provider.Settings.ContainsKey(setting.Key))
        .Select(setting => $", `{setting.Key}`: {string.Join(", ", setting.Value.Keys)}"));

    private static void WriteRules(StringBuilder page, ProviderCatalog catalog)
    {
        page.Append("""

            ## What a provider does not take as it is

            A dropped or bounded field is named in `x-lightport-dropped`; a refused one is a 400 unless the route drops.

            | provider | dialect | changes |
            |---|---|---|

            """);
        foreach (Provider provider in catalog.All)
        {
            foreach ((string dialect, ProviderEndpoint endpoint) in provider.Endpoints)
            {
                if (endpoint.Parameters.Rules is { Count: > 0 } rules)
                {
                    page.Append($"| `{provider.Id}` | {dialect} | {string.Join("; ", rules.Select(Describe))} |\n");
                }
            }
        }
    }

    private static string Describe(ParameterRule rule) => rule.Action switch
    {
        ParameterAction.Rename => $"`{rule.Field}` → `{rule.NewName}`",
        ParameterAction.Drop => $"`{rule.Field}` dropped",
        ParameterAction.Reject => $"`{rule.Field}` refused",
        ParameterAction.Default => $"`{rule.Field}` {rule.Value} where absent",
        ParameterAction.Clamp => FormattableString.Invariant($"`{rule.Field}` within {rule.Minimum} to {rule.Maximum}"),
        ParameterAction.Map =>
            $"`{rule.Field}` {string.Join(", ", rule.Values.Select(pair => $"{pair.Key} → {pair.Value}"))}",
        _ => throw new InvalidOperationException($"A provider's rule may not be {rule.Action}."),
    };

    private static void WriteLeftOut(StringBuilder page, string title, bool isDead)
    {
        page.Append($"\n{title}\n\n");
        foreach (LeftOutProvider provider in LeftOutProvider.All.Where(provider => provider.IsDead == isDead))
        {
            page.Append($"- {provider.Id}: {provider.Why}\n");
        }
    }
}
