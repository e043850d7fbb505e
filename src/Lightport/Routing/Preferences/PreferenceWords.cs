namespace Lightport.Routing.Preferences;

/// <summary>Names what a request says of where it wants to go, as its client wrote it.</summary>
internal static class PreferenceWords
{
    /// <summary>The fields that change something; none where nothing is said.</summary>
    public static IReadOnlyList<string> Of(RoutingPreferences? wanted)
    {
        if (wanted is null)
        {
            return [];
        }

        (string Field, bool IsSaid)[] fields =
        [
            ("models", wanted.Models.Count > 0),
            ("provider.order", wanted.Order.Count > 0),
            ("provider.only", wanted.Only is not null),
            ("provider.ignore", wanted.Ignore.Count > 0),
            ("provider.allow_fallbacks", !wanted.AllowFallbacks),
            ("provider.require_parameters", wanted.RequireParameters),
            ("provider.sort", wanted.Sort is not null),
            ("provider.max_price", wanted.MaxPrice is not null),
            ("provider.zdr", wanted.ZeroRetention),
            ("provider.data_collection", wanted.NoTraining),
            ("provider.quantizations", wanted.Quantizations is not null),
            ("provider.preferred_min_throughput", wanted.MinThroughput is not null),
            ("provider.preferred_max_latency", wanted.MaxLatency is not null),
        ];
        return [.. fields.Where(field => field.IsSaid).Select(field => field.Field)];
    }
}
