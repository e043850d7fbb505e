using System.Collections.Concurrent;

namespace Lightport.Exchanges.Rules;

/// <summary>
/// What keys have spent, as far as this instance has seen it: for rules that go by it. Nothing is added up before there
/// is such a rule.
/// </summary>
internal sealed class KeySpend(TimeProvider time)
{
    /// <summary>More keys than these begin anew: a rule that goes by money is no budget.</summary>
    private const int MostKeys = 10_000;

    private readonly ConcurrentDictionary<string, Sums> _keys = new(StringComparer.Ordinal);

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Adds what a request has cost that is over, as far as its price is known.</summary>
    public void Add(Exchange exchange)
    {
        decimal dollars = exchange.Runs.Costs.Dollars;
        for (int i = 0; i < exchange.Attempts.Count; i++)
        {
            dollars += exchange.Attempts[i].Cost?.Dollars ?? 0;
        }

        if (dollars > 0)
        {
            if (_keys.Count >= MostKeys)
            {
                _keys.Clear();
            }

            DateOnly today = Today;
            _keys.AddOrUpdate(
                KeyOf(exchange),
                _ => new Sums(today, dollars, dollars),
                (_, known) => known.At(today).Plus(dollars));
        }
    }

    /// <summary>In US dollars, since the day and the month began in UTC.</summary>
    public (decimal Day, decimal Month) Of(Exchange exchange)
    {
        Sums sums = _keys.TryGetValue(KeyOf(exchange), out Sums known) ? known.At(Today) : default;
        return (sums.Day, sums.Month);
    }

    private static string KeyOf(Exchange exchange) => exchange.Caller!.KeyId ?? exchange.Caller.Name;

    private readonly record struct Sums(DateOnly Date, decimal Day, decimal Month)
    {
        public Sums At(DateOnly today) => true switch
        {
            _ when today == Date => this,
            _ when (today.Year, today.Month) == (Date.Year, Date.Month) => new Sums(today, 0, Month),
            _ => new Sums(today, 0, 0),
        };

        public Sums Plus(decimal dollars) => this with { Day = Day + dollars, Month = Month + dollars };
    }
}
