namespace Lightport.Exchanges.Limits;

/// <summary>Money as counters have it: in billionths of a US dollar.</summary>
internal static class NanoDollars
{
    public const decimal PerDollar = 1_000_000_000m;

    /// <summary>Never less than the sum.</summary>
    public static long Of(decimal dollars) => (long)Math.Ceiling(dollars * PerDollar);

    public static decimal ToDollars(long nanoDollars) => nanoDollars / PerDollar;
}
