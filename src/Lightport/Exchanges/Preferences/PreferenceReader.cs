using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Routing.Preferences;
using Lightport.Transport.Body;

namespace Lightport.Exchanges.Preferences;

/// <summary>
/// Reads what a request says of where it wants to go. What the gateway cannot keep to is refused, and named: whoever
/// says it relies on it.
/// </summary>
internal static class PreferenceReader
{
    private static readonly string[] Sorts = ["throughput", "latency", "price"];

    private static readonly string[] Known =
    [
        "order", "only", "ignore", "allow_fallbacks", "require_parameters", "sort", "max_price", "zdr",
        "data_collection", "quantizations", "preferred_min_throughput", "preferred_max_latency",
        "enforce_distillable_text",
    ];

    /// <returns>Null where it says nothing.</returns>
    /// <exception cref="GatewayException">It is malformed, or cannot be kept to; the error names the field.</exception>
    public static RoutingPreferences? Read(Exchange exchange)
    {
        if (!exchange.Request.IsJson)
        {
            return null;
        }

        JsonEnvelope body = exchange.Request.Json;
        JsonElement? models = PreferenceFields.Find(body, RoutingFields.Models);
        JsonElement? route = PreferenceFields.Find(body, RoutingFields.Route);
        JsonElement? provider = PreferenceFields.Find(body, RoutingFields.Provider);
        if (models is null && route is null && provider is null)
        {
            return null;
        }

        PreferenceFields.Word(route, RoutingFields.Route, "fallback");
        var said = new RoutingPreferences
        {
            Endpoint = exchange.Asked.Endpoint,
            Models = PreferenceFields.Names(models, RoutingFields.Models),
        };
        return provider is { } wishes ? Read(said, wishes) : said;
    }

    private static RoutingPreferences Read(RoutingPreferences said, JsonElement provider)
    {
        if (provider.ValueKind != JsonValueKind.Object)
        {
            throw PreferenceFields.Wrong(RoutingFields.Provider, "must be an object");
        }

        foreach (JsonProperty property in provider.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (!Known.Contains(name))
            {
                throw Unkept($"{RoutingFields.Provider}.{name}", "is not known to the gateway");
            }
        }

        if (PreferenceFields.Boolean(provider.ValueOf("enforce_distillable_text"), Path("enforce_distillable_text")))
        {
            throw Unkept(Path("enforce_distillable_text"), "cannot be kept to: who allows it is not known here");
        }

        (PreferredSort? sort, bool acrossModels) = Sort(provider.ValueOf("sort"));
        return said with
        {
            Order = Names(provider, "order"),
            Only = provider.ValueOf("only") is null ? null : Names(provider, "only"),
            Ignore = Names(provider, "ignore"),
            AllowFallbacks = PreferenceFields.Boolean(
                provider.ValueOf("allow_fallbacks"), Path("allow_fallbacks"), unsaid: true),
            RequireParameters = Flag(provider, "require_parameters"),
            Sort = sort,
            SortAcrossModels = acrossModels,
            MaxPrice = MaxPrice(provider.ValueOf("max_price")),
            ZeroRetention = Flag(provider, "zdr"),
            NoTraining = PreferenceFields.Word(
                provider.ValueOf("data_collection"), Path("data_collection"), "allow", "deny") == "deny",
            Quantizations = ReadQuantizations(provider),
            MinThroughput = (double?)Typical(provider, "preferred_min_throughput"),
            MaxLatency = Typical(provider, "preferred_max_latency") is { } seconds
                ? TimeSpan.FromSeconds((double)Math.Min(seconds, 1_000_000))
                : null,
        };
    }

    private static (PreferredSort? Sort, bool AcrossModels) Sort(JsonElement? sort)
    {
        if (sort is not { ValueKind: JsonValueKind.Object } by)
        {
            return (SortOf(PreferenceFields.Word(sort, Path("sort"), Sorts)), false);
        }

        CheckKeys(by, Path("sort"), "by", "partition");
        return (
            SortOf(PreferenceFields.Word(by.ValueOf("by"), Path("sort.by"), Sorts)),
            PreferenceFields.Word(by.ValueOf("partition"), Path("sort.partition"), "model", "none") == "none");
    }

    private static PreferredSort? SortOf(string? word) => word switch
    {
        "throughput" => PreferredSort.Throughput,
        "latency" => PreferredSort.Latency,
        "price" => PreferredSort.Price,
        _ => null,
    };

    private static PriceLimit? MaxPrice(JsonElement? limit)
    {
        if (limit is not { } most)
        {
            return null;
        }

        CheckKeys(most, Path("max_price"), "prompt", "completion", "request");
        return new PriceLimit(Price(most, "prompt"), Price(most, "completion"), Price(most, "request"));
    }

    private static decimal? Price(JsonElement most, string name) =>
        PreferenceFields.Amount(most.ValueOf(name), Path($"max_price.{name}"));

    private static IReadOnlyList<string>? ReadQuantizations(JsonElement provider)
    {
        IReadOnlyList<string> wanted = Names(provider, "quantizations");
        foreach (string word in wanted)
        {
            if (!Quantizations.All.Contains(word))
            {
                throw PreferenceFields.Wrong(
                    Path("quantizations"), $"must be of {string.Join(", ", Quantizations.All)}");
            }
        }

        return wanted.Count == 0 ? null : wanted;
    }

    /// <summary>A number, or one for the median: what is measured here is what is typical.</summary>
    private static decimal? Typical(JsonElement provider, string name)
    {
        if (provider.ValueOf(name) is not { ValueKind: JsonValueKind.Object } percentiles)
        {
            return PreferenceFields.Amount(provider.ValueOf(name), Path(name));
        }

        CheckKeys(percentiles, Path(name), "p50");
        return PreferenceFields.Amount(percentiles.ValueOf("p50"), Path($"{name}.p50"));
    }

    /// <summary>What says nothing may stand there, whatever its name.</summary>
    private static void CheckKeys(JsonElement owner, string path, params string[] known)
    {
        if (owner.ValueKind != JsonValueKind.Object)
        {
            throw PreferenceFields.Wrong(path, "must be an object");
        }

        foreach (JsonProperty property in owner.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (property.Value.ValueKind != JsonValueKind.Null && !known.Contains(name))
            {
                throw Unkept($"{path}.{name}", "cannot be kept to: it is not measured, or not known, here");
            }
        }
    }

    private static IReadOnlyList<string> Names(JsonElement provider, string name) =>
        PreferenceFields.Names(provider.ValueOf(name), Path(name));

    private static bool Flag(JsonElement provider, string name) =>
        PreferenceFields.Boolean(provider.ValueOf(name), Path(name));

    private static string Path(string name) => $"{RoutingFields.Provider}.{name}";

    private static GatewayException Unkept(string path, string what) => GatewayException.BadRequest(
        $"'{path}' {what}. Leave it out, or ask for a model of a provider that keeps to it itself.",
        path,
        "unsupported_routing");
}
