using System.Text;

namespace Lightport.PriceTables;

/// <summary>The page beside the data that says where the tables do not agree.</summary>
internal static class Report
{
    public static string Of(IReadOnlyList<Disagreement> all, int models)
    {
        int differing = all.DistinctBy(one => (one.Provider, one.Model)).Count();
        var page = new StringBuilder(
            $"""
            # Where the tables do not agree

            Made by `eng/prices.sh`. {models} names of models have a price; of {differing} the tables say something
            different. What most say is taken; where none are most, what stands first of genai-prices, models.dev and
            portkey; before all of them what a vendor's own page says (`eng/prices/choices.json`).

            | model | what | said | taken | why |
            |---|---|---|---|---|

            """);
        foreach (Disagreement one in all)
        {
            string said = string.Join(" · ", one.Said.Select(source => $"{source.Source} {source.Value}"));
            page.Append($"| {one.Provider}/{one.Model} | {one.What} | {said} | {one.Chosen} | {one.Why} |\n");
        }

        return page.ToString();
    }
}
