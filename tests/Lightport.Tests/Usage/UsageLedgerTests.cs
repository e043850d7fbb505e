using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Usage;
using Microsoft.Extensions.Logging;
using Moq;

namespace Lightport.Tests.Usage;

public sealed class UsageLedgerTests : IDisposable
{
    private static readonly UsageMeasure[] Usual =
    [
        UsageMeasure.Requests, UsageMeasure.Errors, UsageMeasure.Estimated, UsageMeasure.Input, UsageMeasure.Output,
    ];

    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog _log = new();
    private readonly Dictionary<(string, DateTimeOffset, string), UsageRow> _written = [];
    private readonly List<int> _writes = [];
    private readonly UsageLedger _ledger;
    private StoreException? _fault;
    private TimeSpan _pause;

    public UsageLedgerTests()
    {
        var store = new Mock<IUsageStore>();
        store.Setup(one => one.WriteAsync(It.IsAny<IReadOnlyList<UsageRow>>(), It.IsAny<CancellationToken>()))
            .Returns<IReadOnlyList<UsageRow>, CancellationToken>((rows, _) => Write(rows));
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _ledger = new UsageLedger(store.Object, _clock, logs.CreateLogger<UsageLedger>());
    }

    [Fact]
    public async Task Flush_SumsPerKeyHourAndModel()
    {
        _ledger.Add(Record("k1", "gpt", input: 10, output: 2));
        _ledger.Add(Record("k1", "gpt", input: 5, output: 1) with { Status = 502 });
        _ledger.Add(Record("k1", "claude", input: 7, output: 3, estimated: true));
        _ledger.Add(Record("k1", "cut", input: 0, output: 0) with
        {
            Error = GatewayError.BadUpstream("The stream ended in this."),
        });
        _ledger.Add(Record("k2", "gpt", input: 1, output: 1));
        _clock.Advance(TimeSpan.FromHours(1));
        _ledger.Add(Record("k1", "gpt", input: 100, output: 0));
        await FlushAsync();

        Assert.Equal(5, _written.Count);
        UsageRow row = _written[("k1", DateTimeOffset.UnixEpoch, "openai/gpt")];
        Assert.Equal([2, 1, 0, 15, 3], Sums(row));
        Assert.Equal(("name of k1", _ledger.Instance), (row.KeyName, row.Instance));
        Assert.Equal(1, Sum("k1", "openai/claude", UsageMeasure.Estimated));
        Assert.Equal(1, Sum("k1", "openai/cut", UsageMeasure.Errors));
        Assert.Equal(
            100, _written[("k1", DateTimeOffset.UnixEpoch.AddHours(1), "openai/gpt")].Sums[UsageMeasure.Input]);
    }

    [Fact]
    public async Task Flush_CanceledRequest_IsNoError()
    {
        _ledger.Add(Record("k1", "gpt", input: 10, output: 2, estimated: true) with
        {
            Status = 499,
            Error = new GatewayError(ErrorStage.Stream, ErrorKind.Canceled, 499, "The client closed the request."),
        });
        await FlushAsync();

        UsageRow row = Assert.Single(_written).Value;
        Assert.Equal([1, 0, 1, 10, 2], Sums(row));
    }

    [Fact]
    public async Task Flush_AttemptThatCameToNothing_IsCountedWhereItWasMadeAndIsNoRequest()
    {
        _ledger.Add(Record("k1", "gpt", input: 10, output: 2) with
        {
            Tried =
            [
                new RecordedAttempt("groq", "refused"),
                new RecordedAttempt("groq", "llama")
                {
                    Usage = new TokenUsage { Input = 7, Output = 1, Estimated = true },
                    Cost = new Cost(0.5m, null, "test"),
                },
                new RecordedAttempt("openai", "gpt"),
            ],
        });
        await FlushAsync();

        UsageRow lost = _written[("k1", DateTimeOffset.UnixEpoch, "groq/llama")];
        Assert.Equal([0, 0, 1, 7, 1], Sums(lost));
        Assert.Equal(
            [1, 500_000_000, 500_000_000, 500_000_000],
            Sums(
                lost,
                UsageMeasure.FailedAttempts,
                UsageMeasure.Cost,
                UsageMeasure.LostCost,
                UsageMeasure.EstimatedCost));
        Assert.Equal(1, Sum("k1", "groq/refused", UsageMeasure.FailedAttempts));
        Assert.Equal([1, 0], Sums(
            _written[("k1", DateTimeOffset.UnixEpoch, "openai/gpt")],
            UsageMeasure.Requests,
            UsageMeasure.FailedAttempts));
    }

    [Fact]
    public async Task Flush_WritesOnlyWhatChanged_AndWhole()
    {
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        _ledger.Add(Record("k1", "b", input: 1, output: 0));
        await FlushAsync();
        _ledger.Add(Record("k1", "a", input: 2, output: 0));
        await FlushAsync();
        await FlushAsync();

        Assert.Equal([2, 1], _writes);
        Assert.Equal(3, Sum("k1", "openai/a"));
        Assert.Equal(0, _ledger.Pending);
    }

    [Fact]
    public async Task Flush_StoreAway_KeepsAllAndSaysSoOnce()
    {
        _fault = new StoreException(StoreFailure.Unavailable, "The tables are away.");
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await FlushAsync();
        await FlushAsync();
        Assert.Equal((1, "The tables are away."), (_ledger.Pending, _ledger.LastError));
        Assert.Single(_log.Lines, line => line.EventId == 204);

        _fault = null;
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await FlushAsync();

        Assert.Equal(2, Sum("k1", "openai/a"));
        Assert.Equal((0, null), (_ledger.Pending, _ledger.LastError));
    }

    [Fact]
    public async Task Running_WritesEvery5Seconds_AtTheFirstWordOfAStop_WhileItDrains_AndAtTheEnd()
    {
        await _ledger.StartAsync(CancellationToken.None);
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        Assert.Single(_writes);

        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await _ledger.StoppingAsync(CancellationToken.None);
        Assert.Equal(2, Sum("k1", "openai/a"));

        await _ledger.StopAsync(CancellationToken.None);
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        Assert.Equal(3, Sum("k1", "openai/a"));

        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await _ledger.StoppedAsync(CancellationToken.None);
        Assert.Equal(4, Sum("k1", "openai/a"));
    }

    [Fact]
    public async Task Running_StoreAsksForRarerWritings_WaitsAsLong()
    {
        _pause = TimeSpan.FromSeconds(40);
        await _ledger.StartAsync(CancellationToken.None);
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));

        await _clock.WaitingFor(TimeSpan.FromSeconds(40));

        Assert.Single(_writes);
        await _ledger.StoppedAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Add_PastHour_IsForgottenOnlyWhenItCannotGrow()
    {
        UsageRecord late = Record("k1", "a", input: 1, output: 0);
        _ledger.Add(late);
        await FlushAsync();
        _clock.Advance(TimeSpan.FromMinutes(119));
        await FlushAsync();
        _ledger.Add(late);
        await FlushAsync();

        Assert.Equal(2, Sum("k1", "openai/a"));
    }

    [Fact]
    public async Task Add_EndlessModels_AreOneRowFromThereOn()
    {
        for (int i = 0; i < UsageCounters.Most + 50; i++)
        {
            _ledger.Add(Record("k1", $"m{i}", input: 1, output: 0));
        }

        await FlushAsync();

        Assert.Equal(UsageCounters.Most + 1, _written.Count);
        Assert.Equal(50, Sum("k1", UsageCounters.OtherModels));
    }

    [Fact]
    public async Task Add_NamesThatNobodyAnswersTo_AreOneRow()
    {
        for (int i = 0; i < 50; i++)
        {
            _ledger.Add(Named($"made-up-{i}", usage: null) with { Status = 404 });
        }

        _ledger.Add(Named("gpt-5", new TokenUsage { Input = 3 }));
        _ledger.Add(Named("gpt-5", usage: null) with { Status = 500 });
        await FlushAsync();

        Assert.Equal(2, _written.Count);
        Assert.Equal(50, Sum("k1", "openai/(other)", UsageMeasure.Errors));
        Assert.Equal(1, Sum("k1", "openai/gpt-5", UsageMeasure.Errors));
        Assert.All(_written.Values, row => Assert.Equal(UsageCounters.DirectRoute, row.Route));
    }

    [Fact]
    public async Task Add_NamesThatAnEchoAnswersTo_AreOneRowFromThereOn()
    {
        for (int i = 0; i < UsageCounters.MostNamedByAKey + 50; i++)
        {
            _ledger.Add(Named($"made-up-{i}", new TokenUsage { Input = 1 }));
        }

        await FlushAsync();

        Assert.Equal(UsageCounters.MostNamedByAKey + 1, _written.Count);
        Assert.Equal(50, Sum("k1", "openai/(other)"));
    }

    [Fact]
    public async Task Add_RouteAndTags_AreTheRows()
    {
        var tags = new Dictionary<string, string> { ["team"] = "b", ["cost"] = "a" };
        _ledger.Add(Record("k1", "gpt", input: 1, output: 0) with { Route = "fast", Tag = "night", KeyTags = tags });
        await FlushAsync();

        UsageRow row = Assert.Single(_written).Value;
        Assert.Equal(("fast", "night", """{"cost":"a","team":"b"}"""), (row.Route, row.Tag, row.KeyTags));
    }

    [Fact]
    public async Task Add_Money_IsSummedAndWhatHasNoPriceIsCounted()
    {
        UsageRecord record = Record("k1", "gpt", input: 10, output: 2);
        _ledger.Add(record with { Cost = new Cost(0.003m, null, "table a") { Prompt = 0.002m, Completion = 0.001m } });
        _ledger.Add(record with { Cost = new Cost(0.0000000017m, null, "table b") });
        _ledger.Add(record with { Cost = new Cost(null, "output", "table a") });
        _ledger.Add(record with { Usage = null, Cost = null });
        await FlushAsync();

        UsageRow row = Assert.Single(_written).Value;
        Assert.Equal(
            [4, 3_000_002, 2_000_000, 1_000_000, 1],
            Sums(
                row,
                UsageMeasure.Requests,
                UsageMeasure.Cost,
                UsageMeasure.InputCost,
                UsageMeasure.OutputCost,
                UsageMeasure.Unpriced));
        Assert.Equal("table a, table b", row.PriceVersions);
    }

    [Fact]
    public async Task Add_RunsOfTools_AreAPartOfTheCostOfTheirOwn()
    {
        UsageRecord record = Record("k1", "gpt", input: 10, output: 2) with { Runs = new RunCosts(3, 0.75m) };
        _ledger.Add(record with { Cost = new Cost(0.25m, null, "table a") { Prompt = 0.2m, Completion = 0.05m } });
        await FlushAsync();

        Assert.Equal(
            [1_000_000_000, 200_000_000, 50_000_000, 750_000_000],
            Sums(
                Assert.Single(_written).Value,
                UsageMeasure.Cost,
                UsageMeasure.InputCost,
                UsageMeasure.OutputCost,
                UsageMeasure.ToolCost));
    }

    [Fact]
    public async Task Add_Times_AreOfAnswersAlone()
    {
        UsageRecord record = Record("k1", "gpt", input: 1, output: 1) with
        {
            Duration = TimeSpan.FromSeconds(2),
            FirstByte = TimeSpan.FromMilliseconds(100),
        };
        _ledger.Add(record);
        _ledger.Add(record with { Status = 500 });
        _ledger.Add(record with
        {
            Error = new GatewayError(ErrorStage.Stream, ErrorKind.Canceled, 499, "The client closed the request."),
        });
        await FlushAsync();

        UsageRow row = Assert.Single(_written).Value;
        Assert.Equal((1, 1), (row.Sums.Duration.Count, row.Sums.FirstByte.Count));
        Assert.InRange(row.Sums.Duration.Percentile(0.5)!.Value.TotalSeconds, 1.7, 2.3);
    }

    [Fact]
    public async Task Add_NotAdmitted_IsNobodys()
    {
        _ledger.Add(Record("k1", "a", input: 0, output: 0) with { Key = null, KeyId = null, Status = 401 });
        await FlushAsync();

        Assert.Empty(_written);
    }

    [Fact]
    public async Task Add_CountOfTokens_IsNoRequest()
    {
        _ledger.Add(Record("k1", "a", input: 0, output: 0) with { IsCount = true, Usage = null });
        await FlushAsync();

        Assert.Empty(_written);
    }

    [Fact]
    public async Task Add_ManyAtOnceWhileWriting_LosesNone()
    {
        Task[] clients = [.. Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 5_000; i++)
            {
                _ledger.Add(Record("k1", $"m{i % 3}", input: 1, output: 0));
            }
        }))];
        Task all = Task.WhenAll(clients);
        while (!all.IsCompleted)
        {
            await FlushAsync();
        }

        await all;
        await FlushAsync();

        Assert.Equal(40_000, _written.Values.Sum(row => row.Sums[UsageMeasure.Input]));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _log.Dispose();
    }

    private long Sum(string key, string model, UsageMeasure measure = UsageMeasure.Input) =>
        _written[(key, DateTimeOffset.UnixEpoch, model)].Sums[measure];

    private static IEnumerable<long> Sums(UsageRow row, params UsageMeasure[] measures) =>
        (measures.Length > 0 ? measures : Usual).Select(measure => row.Sums[measure]);

    private Task FlushAsync() => _ledger.FlushAsync(CancellationToken.None);

    private ValueTask<TimeSpan> Write(IReadOnlyList<UsageRow> rows)
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        _writes.Add(rows.Count);
        foreach (UsageRow row in rows)
        {
            _written[(row.KeyId, row.Hour, row.Model)] = row;
        }

        return new(_pause);
    }

    private UsageRecord Record(string key, string model, long input, long output, bool estimated = false) => new()
    {
        RequestId = "r",
        Endpoint = "ChatCompletions",
        Key = $"name of {key}",
        KeyId = key,
        Provider = "openai",
        Model = model,
        Status = 200,
        EndedAt = _clock.GetUtcNow(),
        Duration = TimeSpan.Zero,
        Usage = new TokenUsage { Input = input, Output = output, Estimated = estimated },
    };

    /// <summary>What a client asks for by a provider's and a model's name of its own.</summary>
    private UsageRecord Named(string model, TokenUsage? usage) => Record("k1", model, input: 0, output: 0) with
    {
        Route = $"openai/{model}",
        IsDirect = true,
        Usage = usage,
        Tried = [new RecordedAttempt("openai", model) { NamedByClient = true, Usage = usage }],
    };
}
