using System.IO.Enumeration;
using System.Text.Json;
using Lightport.Prices;

namespace Lightport.PriceTables;

/// <summary>
/// Models that cost more for long prompts, by their vendor's page, of which the tables say nothing: what a prompt above
/// the first tier costs is unknown, and not what a short one does.
/// </summary>
/// <param name="Tokens">The edge of the first tier.</param>
/// <param name="Models">Their names, or patterns with a star.</param>
internal sealed record UnknownAbove(int Tokens, IReadOnlyList<string> Models)
{
    public static UnknownAbove Read(JsonElement edge) => new(
        edge.GetProperty("tokens").GetInt32(),
        [.. edge.GetProperty("models").EnumerateArray().Select(name => name.GetString()!)]);

    public PriceHistory Of(string model, PriceHistory history) =>
        Models.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, model))
            ? new PriceHistory([.. history.Prices.Select(price => price with { Standard = Of(price.Standard) })])
            : history;

    private PriceSheet Of(PriceSheet sheet) =>
        sheet.Tiers.Count > 0 ? sheet : sheet with { Tiers = [new PriceTier(Tokens, new Rates())] };
}
