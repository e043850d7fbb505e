using System.Globalization;
using Lightport.Cli.Gateway;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>Shows client keys.</summary>
internal static class KeyView
{
    public static void ShowAll(IEnumerable<KeyEntry> keys, Terminal terminal)
    {
        var table = new Table("id", "name", "status", "models", "tags", "expires", "source");
        foreach (KeyEntry key in keys)
        {
            table.Add(
                Look(key),
                key.Id,
                key.Name,
                key.Status,
                Shown.List(key.Models, "all"),
                Shown.Tags(key.Tags),
                Shown.Moment(key.ExpiresAt),
                key.Source);
        }

        terminal.Table(table);
    }

    public static void Show(KeyEntry key, Terminal terminal)
    {
        foreach ((string name, string value) in Facts(key))
        {
            terminal.Line($"{name,-12} {value}", name == "status" ? Look(key) : null);
        }
    }

    /// <summary>The key on standard output, alone; all that is known of it beside.</summary>
    public static void ShowNew(KeyEntry key, Terminal terminal)
    {
        foreach ((string name, string value) in Facts(key))
        {
            terminal.Note($"{name,-12} {value}");
        }

        if (key.Key is { } secret)
        {
            terminal.Note("The key, which is shown this once:", Styles.Changed);
            terminal.Line(secret);
        }
        else
        {
            terminal.Note("The key is known by its hash; whoever has it goes on using it.");
        }
    }

    private static IEnumerable<(string Name, string Value)> Facts(KeyEntry key)
    {
        yield return ("id", key.Id);
        yield return ("name", key.Name);
        yield return ("status", key.Status ?? "");
        yield return ("models", Shown.List(key.Models, "all"));
        yield return ("tags", Shown.Tags(key.Tags));
        if (key.Limits is { } limits)
        {
            yield return ("limits", Words(limits));
        }

        yield return ("created", Shown.Moment(key.CreatedAt));
        yield return ("expires", Shown.Moment(key.ExpiresAt));
        yield return ("source", key.Source ?? "");
        if (key.Replaces is { } replaces)
        {
            yield return ("replaces", replaces);
        }

        if (key.ReplacedBy is { } by)
        {
            yield return ("replaced by", by);
        }
    }

    private static string Words(KeyAmounts limits) => string.Join(
        ", ",
        new[]
        {
            Amount("requests-per-minute", limits.RequestsPerMinute),
            Amount("tokens-per-minute", limits.TokensPerMinute),
            Amount("concurrent", limits.Concurrent),
        }
        .OfType<string>()
        .Concat((limits.Budgets ?? []).Select(budget => string.Create(
            CultureInfo.InvariantCulture, $"budget={budget.Usd:0.#########}/{budget.Per}"))));

    private static string? Amount(string name, long? amount) => amount is null
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{name}={amount}");

    private static Style? Look(KeyEntry key) => key.Status switch
    {
        "active" => Styles.Added,
        "disabled" => Styles.Changed,
        "expired" => Styles.Quiet,
        _ => null,
    };
}
