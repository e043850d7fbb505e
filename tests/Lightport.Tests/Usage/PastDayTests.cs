using System.Text;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Storage;
using Lightport.Usage;

namespace Lightport.Tests.Usage;

/// <summary>What a past day cost stays what it was, whatever prices come after it.</summary>
public sealed class PastDayTests
{
    private const string Before = """
        { "from": "page", "input": 0.0375, "output": 2.5 },
        { "from": "page", "since": "2026-11-02", "input": 0.05, "output": 3 }
        """;

    private static readonly DateTimeOffset First = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Change = First.AddDays(3);

    [Fact]
    public void Sums_ByPricesOfThatTime_AreTheSameWhenAPriceIsAdded_AndWhateverTheyAreSummedBy()
    {
        PriceBook then = Book(Before);
        PriceBook later = Book(Before + """, { "from": "page", "since": "2026-11-04", "input": 900, "output": 900 }""");
        for (int seed = 0; seed < 20; seed++)
        {
            List<(DateTimeOffset At, TokenUsage Usage)> requests = Requests(new Random(seed));
            List<UsageRow> rows = Rows(requests, then);

            Assert.Equal(Total(rows), Total(Rows(requests, later)));
            Assert.Equal(
                requests.Sum(request => Nanos(then, request.At, request.Usage)), Total(rows)[UsageMeasure.Cost]);
            var byHour = new UsageSums();
            foreach (IGrouping<DateTimeOffset, UsageRow> hour in rows.GroupBy(row => row.Hour))
            {
                byHour.Add(Total(hour));
            }

            Assert.Equal(Total(rows), byHour);
        }
    }

    private static List<(DateTimeOffset, TokenUsage)> Requests(Random random) =>
    [
        .. Enumerable.Range(0, 100).Select(_ => (
            First.AddSeconds(random.Next((int)(Change - First).TotalSeconds)),
            new TokenUsage { Input = random.Next(100_000), Output = random.Next(5_000) })),
    ];

    private static List<UsageRow> Rows(List<(DateTimeOffset At, TokenUsage Usage)> requests, PriceBook book)
    {
        var counters = new UsageCounters("instance");
        foreach ((DateTimeOffset at, TokenUsage usage) in requests)
        {
            counters.Add(new UsageRecord
            {
                RequestId = "r",
                Endpoint = "ChatCompletions",
                Key = "team-a",
                KeyId = "k1",
                Route = usage.Input % 2 == 0 ? "even" : "odd",
                Provider = "openai",
                Model = "gpt-priced",
                Status = 200,
                EndedAt = at,
                Duration = TimeSpan.FromMilliseconds(usage.Output),
                Usage = usage,
                Cost = book.Find("openai", "gpt-priced", at)!.Of(usage),
            });
        }

        return [.. counters.All.Select(counter => counter.Take()).OfType<UsageRow>()];
    }

    private static UsageSums Total(IEnumerable<UsageRow> rows)
    {
        var total = new UsageSums();
        foreach (UsageRow row in rows)
        {
            total.Add(row.Sums);
        }

        return total;
    }

    private static long Nanos(PriceBook book, DateTimeOffset at, TokenUsage usage) => (long)decimal.Round(
        book.Find("openai", "gpt-priced", at)!.Of(usage).Dollars!.Value * 1_000_000_000m);

    private static PriceBook Book(string prices) => PriceBook.With("test.json", Encoding.UTF8.GetBytes($$"""
        [{
          "provider": "openai", "sources": { "page": "2026-11-01" },
          "models": { "gpt-priced": [{{prices}}] }
        }]
        """));
}
