using System.Globalization;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Output;

/// <summary>Shows what targets cost: a row for each way to be served and each length of prompt.</summary>
internal static class PricesView
{
    private static readonly string[] Columns = ["input", "cache-read", "output"];

    public static void Show(PriceList list, Terminal terminal)
    {
        terminal.Note($"{list.At}, US dollars for a million tokens");
        var table = new Table(["target", "service", .. Columns.Select(name => "#" + name), "other", "from", "since"]);
        foreach (PricedTarget target in list.Prices ?? [])
        {
            if (target.Standard is not { } standard)
            {
                table.Add(Styles.Changed, [Name(target), "", .. Columns.Select(_ => "unknown"), "", "", ""]);
                continue;
            }

            Add(table, target, "", standard);
            foreach ((string service, PriceSheet sheet) in target.Services ?? new Dictionary<string, PriceSheet>())
            {
                Add(table, target, service, sheet);
            }
        }

        terminal.Table(table);
    }

    private static void Add(Table table, PricedTarget target, string service, PriceSheet sheet)
    {
        AddRates(table, target, service, sheet.Rates);
        foreach (PriceTier tier in sheet.Tiers ?? [])
        {
            AddRates(table, target, $"{service} > {Shown.Count(tier.Above)}".Trim(), tier.Rates);
        }
    }

    private static void AddRates(
        Table table, PricedTarget target, string service, IReadOnlyDictionary<string, decimal>? rates)
    {
        rates ??= new Dictionary<string, decimal>();
        string others = string.Join(
            ", ", rates.Where(rate => !Columns.Contains(rate.Key)).Select(rate => $"{rate.Key} {Text(rate.Value)}"));
        table.Add(
            null,
            [
                Name(target),
                service,
                .. Columns.Select(column => rates.TryGetValue(column, out decimal rate) ? Text(rate) : "unknown"),
                others,
                target.From,
                target.Since,
            ]);
    }

    private static string Name(PricedTarget target) => $"{target.Provider}/{target.Model}";

    private static string Text(decimal rate) => rate.ToString("0.######", CultureInfo.InvariantCulture);
}
