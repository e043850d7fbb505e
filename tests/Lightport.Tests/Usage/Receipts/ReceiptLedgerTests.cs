using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Usage;
using Lightport.Usage.Receipts;
using Microsoft.Extensions.Logging;
using Moq;

namespace Lightport.Tests.Usage.Receipts;

public sealed class ReceiptLedgerTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly CapturedLog _log = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly Dictionary<string, StoredReceipt> _written = [];
    private readonly List<int> _writes = [];
    private readonly ReceiptLedger _ledger;
    private StoreException? _fault;

    public ReceiptLedgerTests()
    {
        var store = new Mock<IReceiptStore>();
        store.Setup(one => one.WriteAsync(It.IsAny<IReadOnlyList<StoredReceipt>>(), It.IsAny<CancellationToken>()))
            .Returns<IReadOnlyList<StoredReceipt>, CancellationToken>((receipts, _) => Write(receipts));
        store.Setup(one => one.FindAsync(It.IsAny<RequestId>(), It.IsAny<CancellationToken>()))
            .Returns<RequestId, CancellationToken>((id, _) => new(_written.GetValueOrDefault(id.Text)));
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _ledger = new ReceiptLedger(store.Object, _clock, logs.CreateLogger<ReceiptLedger>());
    }

    [Fact]
    public async Task Find_BeforeItIsWrittenAndAfter_IsTheSame()
    {
        _ledger.Add(Record(1));
        StoredReceipt? here = await _ledger.FindAsync(Id(1), None);
        Assert.Empty(_written);

        await _ledger.FlushAsync(None);

        Assert.NotNull(here);
        Assert.Equal(here, await _ledger.FindAsync(Id(1), None));
        Assert.Equal(here, _written[Id(1).Text]);
        Assert.Null(await _ledger.FindAsync(Id(2), None));
    }

    [Fact]
    public async Task Receipt_TellsTheWholeJourney_AndNothingOfItsContent()
    {
        const string Canary = "canary-9d2e";
        _ledger.Add(Record(1) with
        {
            KeyId = "5f0c9a1e77b2d3c4",
            KeyTags = new Dictionary<string, string> { ["team"] = "growth" },
            RequestedModel = "fast",
            Route = "fast",
            Rule = "night",
            Tag = "batch",
            PassedOver = ["groq/llama: It takes no audio."],
            Stream = true,
            Finish = FinishReason.ToolCalls,
            FirstByte = TimeSpan.FromMilliseconds(900),
            Tried =
            [
                new RecordedAttempt("groq", "llama")
                {
                    StartedAfter = TimeSpan.FromMilliseconds(2),
                    Duration = TimeSpan.FromMilliseconds(100),
                    Error = new GatewayError(ErrorStage.Upstream, ErrorKind.RateLimit, 429, Canary)
                    {
                        Provider = "groq",
                        Code = Canary,
                    },
                },
                new RecordedAttempt("openai", "gpt")
                {
                    Account = "eu",
                    StartedAfter = TimeSpan.FromMilliseconds(352),
                    Duration = TimeSpan.FromMilliseconds(800),
                    Usage = new TokenUsage { Input = 7, CacheWriteLong = 2, Output = 3 },
                    Cost = new Cost(0.0000123m, null, "table 2026-11-01"),
                    Dropped = [.. Enumerable.Range(0, 500).Select(i => $"field-{i}-{new string('x', 900)}")],
                },
            ],
            Limits = [new MetLimit("house", "all", "held") { Unit = "tokens", Asked = 5, Used = 3 }],
            LeftOut = [new LeftOut("context.faq", "timeout")],
        });

        string json = (await _ledger.FindAsync(Id(1), None))!.Json;
        JsonNode receipt = JsonNode.Parse(json)!;

        Assert.DoesNotContain(Canary, json, StringComparison.Ordinal);
        Assert.InRange(json.Length, 1_000, 20_000);
        Assert.Equal(
            ("fast", "night", "batch", "tool_calls", "growth"),
            (
                (string)receipt["route"]!,
                (string)receipt["rule"]!,
                (string)receipt["tag"]!,
                (string)receipt["finish"]!,
                (string)receipt["key"]!["tags"]!["team"]!));
        JsonNode first = receipt["attempts"]![0]!;
        JsonNode second = receipt["attempts"]![1]!;
        Assert.Equal(
            """{"stage":"upstream","kind":"rate_limit","status":429,"code":null}""", first["error"]!.ToJsonString());
        Assert.Equal(("eu", 352, 250, 800), (
            (string)second["account"]!,
            (double)second["started_ms"]!,
            (double)second["waited_ms"]!,
            (double)second["duration_ms"]!));
        Assert.Equal((7, 2, 3), (
            (int)second["tokens"]!["input"]!, (int)second["tokens"]!["cache_write"]!, (int)second["tokens"]!["output"]!));
        Assert.Equal((0.0000123m, 0.0000123m), ((decimal)second["cost_usd"]!, (decimal)receipt["cost_usd"]!));
        Assert.Equal(("house", "tokens"), (
            (string)receipt["limits"]![0]!["limit"]!, (string)receipt["limits"]![0]!["unit"]!));
        Assert.Equal("""[{"name":"context.faq","reason":"timeout"}]""", receipt["left_out"]!.ToJsonString());
        Assert.Equal(50, second["dropped"]!.AsArray().Count);
    }

    [Fact]
    public async Task Add_NotAdmitted_HasNone()
    {
        _ledger.Add(Record(1) with { Key = null });

        Assert.Null(await _ledger.FindAsync(Id(1), None));
    }

    [Fact]
    public async Task Flush_StoreAway_KeepsUpToALimit_AndSaysWhatWasLeftOut()
    {
        _fault = new StoreException(StoreFailure.Unavailable, "The tables are away.");
        for (int i = 0; i < ReceiptLedger.MostPending + 30; i++)
        {
            _ledger.Add(Record(i));
            if (i == 100)
            {
                await _ledger.FlushAsync(None);
            }
        }

        await _ledger.FlushAsync(None);
        Assert.Single(_log.Lines, line => line.Text.Contains("The tables are away.", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.Text.StartsWith("30 receipts", StringComparison.Ordinal));
        Assert.Equal((ReceiptLedger.MostPending, "The tables are away."), (_ledger.Pending, _ledger.LastError));

        _fault = null;
        await _ledger.FlushAsync(None);

        Assert.Equal(ReceiptLedger.MostPending, _written.Count);
        Assert.Equal((0, null), (_ledger.Pending, _ledger.LastError));
        await _ledger.FlushAsync(None);
        Assert.Single(_writes);
    }

    [Fact]
    public async Task Running_WritesEvery5Seconds_AndAtTheEnd()
    {
        await _ledger.StartAsync(None);
        _ledger.Add(Record(1));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await _clock.WaitingFor(TimeSpan.FromSeconds(5));
        Assert.Equal([1], _writes);

        _ledger.Add(Record(2));
        await _ledger.StoppingAsync(None);
        _ledger.Add(Record(3));
        await _ledger.StoppedAsync(None);

        Assert.Equal([1, 1, 1], _writes);
    }

    public void Dispose()
    {
        _ledger.Dispose();
        _log.Dispose();
    }

    private static RequestId Id(long count) => RequestId.Parse($"req_{new string('a', 16)}{count:x12}")!.Value;

    private ValueTask Write(IReadOnlyList<StoredReceipt> receipts)
    {
        if (_fault is not null)
        {
            throw _fault;
        }

        _writes.Add(receipts.Count);
        foreach (StoredReceipt receipt in receipts)
        {
            _written[receipt.Id.Text] = receipt;
        }

        return ValueTask.CompletedTask;
    }

    private UsageRecord Record(long count) => new()
    {
        RequestId = Id(count).Text,
        Endpoint = "ChatCompletions",
        Key = "team-a",
        Status = 200,
        EndedAt = _clock.GetUtcNow(),
        Duration = TimeSpan.FromSeconds(1),
    };
}
