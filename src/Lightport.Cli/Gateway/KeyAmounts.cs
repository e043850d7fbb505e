namespace Lightport.Cli.Gateway;

/// <summary>How much a client key may use (docs/limits.md).</summary>
internal sealed record KeyAmounts(
    long? RequestsPerMinute, long? TokensPerMinute, long? Concurrent, IReadOnlyList<KeyBudget>? Budgets);

/// <summary>Money that a client key may spend, in US dollars.</summary>
internal sealed record KeyBudget(decimal Usd, string Per);
