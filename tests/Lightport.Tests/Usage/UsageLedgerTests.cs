using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Usage;
using Microsoft.Extensions.Logging;
using Moq;

namespace Lightport.Tests.Usage;

public sealed class UsageLedgerTests : IDisposable
{
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
        Assert.Equal((2, 1, 15, 3), (row.Requests, row.Errors, row.Input, row.Output));
        Assert.Equal(("name of k1", _ledger.Instance), (row.KeyName, row.Instance));
        Assert.Equal(1, _written[("k1", DateTimeOffset.UnixEpoch, "openai/claude")].Estimated);
        Assert.Equal(1, _written[("k1", DateTimeOffset.UnixEpoch, "openai/cut")].Errors);
        Assert.Equal(100, _written[("k1", DateTimeOffset.UnixEpoch.AddHours(1), "openai/gpt")].Input);
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
        Assert.Equal((1, 0, 1, 10, 2), (row.Requests, row.Errors, row.Estimated, row.Input, row.Output));
    }

    [Fact]
    public async Task Flush_AttemptThatCameToNothing_IsCountedWhereItWasMadeAndIsNoRequest()
    {
        _ledger.Add(Record("k1", "gpt", input: 10, output: 2) with
        {
            Lost = [new AttemptUsage("groq", "llama", new TokenUsage { Input = 7, Output = 1, Estimated = true })],
        });
        await FlushAsync();

        UsageRow lost = _written[("k1", DateTimeOffset.UnixEpoch, "groq/llama")];
        Assert.Equal((0, 0, 1, 7, 1), (lost.Requests, lost.Errors, lost.Estimated, lost.Input, lost.Output));
        Assert.Equal(1, _written[("k1", DateTimeOffset.UnixEpoch, "openai/gpt")].Requests);
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
        Assert.Equal(3, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);
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

        Assert.Equal(2, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);
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
        Assert.Equal(2, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);

        await _ledger.StopAsync(CancellationToken.None);
        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        Assert.Equal(3, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);

        _ledger.Add(Record("k1", "a", input: 1, output: 0));
        await _ledger.StoppedAsync(CancellationToken.None);
        Assert.Equal(4, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);
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

        Assert.Equal(2, _written[("k1", DateTimeOffset.UnixEpoch, "openai/a")].Input);
    }

    [Fact]
    public async Task Add_EndlessModels_AreOneRowFromThereOn()
    {
        for (int i = 0; i < UsageLedger.MostCounters + 50; i++)
        {
            _ledger.Add(Record("k1", $"m{i}", input: 1, output: 0));
        }

        await FlushAsync();

        Assert.Equal(UsageLedger.MostCounters + 1, _written.Count);
        Assert.Equal(50, _written[("k1", DateTimeOffset.UnixEpoch, UsageLedger.OtherModels)].Input);
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

        Assert.Equal(40_000, _written.Values.Sum(row => row.Input));
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _log.Dispose();
    }

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
}
