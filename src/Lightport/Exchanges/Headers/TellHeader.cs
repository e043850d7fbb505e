namespace Lightport.Exchanges;

/// <summary>
/// <c>x-lightport-tell</c>: what a client wants to be told beside its dialect, as words with commas. Those that are not
/// known are passed over, for a later gateway knows more.
/// </summary>
internal static class TellHeader
{
    /// <summary>The gateway's runs of tools, in the answer's field <c>lightport</c>.</summary>
    public const string Runs = "runs";

    private const string Name = "x-lightport-tell";

    public static bool Has(Exchange exchange, string word)
    {
        foreach (string? line in exchange.Context.Request.Headers[Name])
        {
            foreach (Range part in line.AsSpan().Split(','))
            {
                if (line.AsSpan(part).Trim().Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
