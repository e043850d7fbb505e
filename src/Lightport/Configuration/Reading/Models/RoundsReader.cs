using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Prices;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>rounds: { most: 10, time: 2m, tokens: 100000, usd: 0.5 }</c>.</summary>
internal static class RoundsReader
{
    public const string Key = "rounds";

    private const int Most = 100;

    private const decimal MostDollars = 1_000_000m;

    private static readonly SectionKeys Keys = new("most", "time", "tokens", "usd")
    {
        Example = "rounds: { most: 10, time: 2m }",
    };

    public static RoundPolicy Read(YamlNode? node, string path, ConfigurationErrors errors)
    {
        RoundPolicy policy = RoundPolicy.Default;
        if (node is ScalarNode { IsNull: false })
        {
            errors.Add(node, $"{path} has the keys {string.Join(", ", Keys.Known)}, as in {Keys.Example}.");
            return policy;
        }

        if (node is null || Section.Read(node, path, Keys, errors) is not { } section)
        {
            return policy;
        }

        if (section.Text("most") is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
                && most is >= 1 and <= Most)
            {
                policy = policy with { Most = most };
            }
            else
            {
                errors.Add(section.Find("most")!, $"{path}.most must be a number from 1 to {Most}; "
                    + "1 asks the model once, without tools.");
            }
        }

        if (section.Text("time") is { } length)
        {
            if (Durations.Parse(length) is { } time)
            {
                policy = policy with { Time = time };
            }
            else
            {
                errors.Add(section.Find("time")!, $"{path}.time must be a length of time, as in 2m.");
            }
        }

        return policy with { Tokens = Tokens(section), Dollars = Dollars(section) };
    }

    /// <summary>Money bounds nothing sensible at a model whose price nobody knows: any sum is met at once.</summary>
    public static void WarnOfUnknownPrices(
        IReadOnlyList<ModelEntry> entries, IEnumerable<Route> routes, ReadingContext context)
    {
        foreach (Route route in routes.Where(route => route.Rounds.Dollars is not null))
        {
            PriceBook prices = context.Environment.Prices();
            foreach (string target in route.Targets
                .Where(target => !target.Model.Contains('*', StringComparison.Ordinal)
                    && target.Price(prices, DateTimeOffset.MaxValue) is null)
                .Select(target => target.ToString())
                .Distinct())
            {
                context.Errors.Warn(
                    entries.First(entry => entry.Name.Value == route.Name).Name,
                    $"rounds.usd of '{route.Name}' ends the calls of tools with the first round at {target}, whose "
                    + "price is not known; say it under 'prices' of its provider.");
            }
        }
    }

    private static long? Tokens(Section section)
    {
        if (section.Text("tokens") is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long tokens) && tokens > 0)
        {
            return tokens;
        }

        section.Errors.Add(section.Find("tokens")!, $"{section.Path}.tokens must be a whole number above 0.");
        return null;
    }

    private static decimal? Dollars(Section section)
    {
        if (section.Text("usd") is not { } text)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars)
            && dollars is > 0 and <= MostDollars)
        {
            return dollars;
        }

        section.Errors.Add(section.Find("usd")!, $"{section.Path}.usd must be US dollars above 0, as in 0.5.");
        return null;
    }
}
