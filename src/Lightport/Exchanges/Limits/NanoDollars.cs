namespace Lightport.Exchanges.Limits;

/// <summary>Money as counters have it: in billionths of a US dollar.</summary>
internal static class NanoDollars
{
    public const decimal PerDollar = 1_000_000_000m;

    /// <summary>Above all that anybody can spend, and small enough that a thousand of it still add up.</summary>
    private const decimal Most = 1_000_000m;

    /// <summary>Never less than the sum, up to a million dollars. Never throws.</summary>
    public static long Of(decimal dollars) => (long)Math.Ceiling(Math.Min(dollars, Most) * PerDollar);

    public static decimal ToDollars(long nanoDollars) => nanoDollars / PerDollar;
}
