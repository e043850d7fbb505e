namespace Lightport.Cli.Gateway;

/// <summary>What targets cost (docs/management.md).</summary>
internal sealed record PriceList(string? At, IReadOnlyList<PricedTarget>? Prices);

internal sealed record PricedTarget(
    string? Provider,
    string? Model,
    string? Region,
    string? From,
    string? Since,
    PriceSheet? Standard,
    IReadOnlyDictionary<string, PriceSheet>? Services);

internal sealed record PriceSheet(IReadOnlyDictionary<string, decimal>? Rates, IReadOnlyList<PriceTier>? Tiers);

internal sealed record PriceTier(long Above, IReadOnlyDictionary<string, decimal>? Rates);
