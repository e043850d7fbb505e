using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>Models that search the web for every answer, unasked and as often as they like.</summary>
internal static class SearchingModels
{
    private const string Perplexity = "perplexity-ai";

    private static readonly string[] Words = ["sonar", "-search-", "deep-research"];

    public static bool Has(Target target)
    {
        if (target.Provider.Provider.Id == Perplexity)
        {
            return true;
        }

        foreach (string word in Words)
        {
            if (target.KnownAs.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
