using System.Text;
using Lightport.Audit;
using Lightport.Tests.Routing;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Audit;

/// <summary>From the request's end to the file, and what happens while there is no file.</summary>
public sealed class AuditStreamTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();
    private readonly EventSignals _log = new();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly MemoryBlobs _blobs = new();

    private int _looks;
    private AuditSettings _settings = AuditSettings.Off;

    private string Folder => Path.Combine(_folder.FullName, "audit");

    [Fact]
    public async Task Records_AreAWholeChainFromStartToEnd_OverTwoProcesses()
    {
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: false, HasContent: false);
        for (int process = 0; process < 2; process++)
        {
            using AuditStream stream = await StartAsync();
            stream.Take(Record("req_1"), "canary"u8.ToArray());
            stream.Take("req_2", "ManageKeyCreate", "jane", 201, "0123");
            await stream.StoppedAsync(CancellationToken.None);
        }

        string[] lines = File.ReadAllLines(FileAuditSink.Files(Folder).Single());
        Assert.Equal(["start", "request", "management", "end", "start", "request", "management", "end"], Kinds(lines));
        AuditVerdict verdict = Verify(lines);
        Assert.Equal((8, null, 0), (verdict.Records, verdict.Broken, verdict.Notes.Count));
        Assert.Contains("\"who\":\"jane\",\"decision\":\"allowed\"", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain("canary", string.Concat(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_IsThereWhereItIsAskedFor()
    {
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: false, HasContent: true);
        using AuditStream stream = await StartAsync();
        stream.Take(Record("req_1"), "tell me; my key is sk-canary-0123456789"u8.ToArray());
        await stream.StoppedAsync(CancellationToken.None);

        Assert.Contains(
            "\"content\":\"tell me; my key is [masked]\"",
            File.ReadAllText(FileAuditSink.Files(Folder).Single()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwitchedOff_TheChainSaysThatTheConfigurationDidIt()
    {
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: false, HasContent: false);
        using AuditStream stream = await StartAsync();
        await _begun.Task;
        _settings = AuditSettings.Off;
        await stream.StoppedAsync(CancellationToken.None);

        string[] lines = File.ReadAllLines(FileAuditSink.Files(Folder).Single());
        Assert.Equal(["start", "end"], Kinds(lines));
        Assert.Contains("\"by\":\"configuration\"", lines[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PlaceThatIsAway_RefusesWhereItIsToldTo_AndNothingIsMissingWhenItIsBack(bool closed)
    {
        // A file stands where the folder is to be.
        await File.WriteAllTextAsync(Folder, "");
        _settings = new AuditSettings(AuditPlace.File, Folder, closed, HasContent: false);
        using AuditStream stream = await StartAsync();
        await _log.Of(702);

        Assert.Equal(closed ? 503 : null, stream.Refusal?.Status);
        Assert.NotNull(stream.LastError);
        stream.Take(Record("req_1"), default);
        File.Delete(Folder);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _log.Of(703);

        Assert.Null(stream.Refusal);
        await stream.StoppedAsync(CancellationToken.None);
        Assert.Equal(["start", "request", "end"], Kinds(File.ReadAllLines(FileAuditSink.Files(Folder).Single())));
    }

    [Fact]
    public async Task EventsThatFindNoRoom_AreCountedInTheChain()
    {
        await File.WriteAllTextAsync(Folder, "");
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: true, HasContent: false);
        using AuditStream stream = await StartAsync();
        await _log.Of(702);
        UsageRecord record = Record("req_1");
        for (int i = 0; i < AuditStream.Capacity + 5; i++)
        {
            stream.Take(record, default);
        }

        Assert.Equal(5, stream.Lost);
        File.Delete(Folder);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _log.Of(703);
        await stream.StoppedAsync(CancellationToken.None);

        string[] lines = File.ReadAllLines(FileAuditSink.Files(Folder).Single());
        Assert.Equal(AuditStream.Capacity + 3, lines.Length);
        Assert.Contains("\"kind\":\"lost\",\"count\":5", lines[1], StringComparison.Ordinal);
        Assert.Null(Verify(lines).Broken);
    }

    /// <summary>The chain alone would be whole: what was written last is remembered beside it.</summary>
    [Fact]
    public async Task RecordsCutOffTheEnd_AreToldAtTheNextStart_AndToWhoeverVerifies()
    {
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: false, HasContent: false);
        await RunOnceAsync();
        string file = FileAuditSink.Files(Folder).Single();
        string[] whole = File.ReadAllLines(file);
        File.WriteAllLines(file, whole[..^1]);

        await RunOnceAsync();

        await _log.Of(704);
        string[] lines = File.ReadAllLines(file);
        Assert.Contains($"\"missing\":\"{AuditLine.Read(Encoding.UTF8.GetBytes(whole[^1]))!.Hash}\"", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("audit, line 3: records before it are missing", Verify(lines).Broken, StringComparison.Ordinal);
    }

    /// <summary>Whoever keeps the old files has a whole chain with the new ones.</summary>
    [Fact]
    public async Task FolderThatWasPutInAnothersPlace_IsToldToo()
    {
        _settings = new AuditSettings(AuditPlace.File, Folder, IsClosed: false, HasContent: false);
        await RunOnceAsync();
        string[] kept = File.ReadAllLines(FileAuditSink.Files(Folder).Single());
        Directory.Delete(Folder, recursive: true);

        await RunOnceAsync();

        await _log.Of(704);
        string[] lines = File.ReadAllLines(FileAuditSink.Files(Folder).Single());
        Assert.Contains("follows one that is not here", Assert.Single(Verify(lines).Notes), StringComparison.Ordinal);
        AuditVerdict together = Verify([.. kept, .. lines]);
        Assert.Equal((6, null, 0), (together.Records, together.Broken, together.Notes.Count));
    }

    [Fact]
    public async Task Blobs_HoldAChainOfTheProcess_AndNothingTwiceWhereAnAnswerWasLost()
    {
        _settings = new AuditSettings(AuditPlace.Blob, Folder, IsClosed: false, HasContent: false) { Container = "records" };
        _blobs.LosesAnswers = 1;
        using AuditStream stream = await StartAsync();
        await _log.Of(702);
        stream.Take(Record("req_1"), default);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _log.Of(703);
        await stream.StoppedAsync(CancellationToken.None);

        (string name, byte[] bytes) = Assert.Single(_blobs.All);
        string[] lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        Assert.Matches("^records/audit-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}-000001.jsonl$", name);
        Assert.Equal(["start", "request", "end"], Kinds(lines));
        Assert.Null(Verify(lines).Broken);
    }

    [Fact]
    public async Task BlobThatWasRemoved_IsFollowedByANewOne_AndTheChainShowsWhatIsMissing()
    {
        _settings = new AuditSettings(AuditPlace.Blob, Folder, IsClosed: true, HasContent: false)
        {
            Container = "records",
        };
        using AuditStream stream = await StartAsync();
        await _begun.Task;
        _blobs.RemoveAll();
        stream.Take(Record("req_1"), default);
        await _log.Of(702);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _log.Of(703);

        Assert.Null(stream.Refusal);
        await stream.StoppedAsync(CancellationToken.None);
        (string name, byte[] bytes) = Assert.Single(_blobs.All);
        string[] lines = Encoding.UTF8.GetString(bytes).TrimEnd('\n').Split('\n');
        Assert.EndsWith("-000002.jsonl", name, StringComparison.Ordinal);
        Assert.Equal(["request", "end"], Kinds(lines));
        Assert.Contains("follows one that is not here", Verify(lines).Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtlpWithoutAReceiver_SaysWhatToSet()
    {
        _settings = new AuditSettings(AuditPlace.Otlp, Folder, IsClosed: true, HasContent: false);
        using AuditStream stream = await StartAsync();
        await _log.Of(702);

        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", stream.LastError, StringComparison.Ordinal);
        Assert.Equal("audit_unavailable", stream.Refusal?.Code);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The writer looks a second time when its first record is written.</summary>
    private AuditSettings Settings()
    {
        if (Interlocked.Increment(ref _looks) == 2)
        {
            _begun.TrySetResult();
        }

        return _settings;
    }

    private async Task<AuditStream> StartAsync()
    {
        var stream = new AuditStream(
            Settings,
            new AuditSinks(ownsFiles: true, () => null, _clock, Path.Combine(_folder.FullName, "data"), _blobs),
            "0.1.0",
            _clock,
            _log);
        await stream.StartAsync(CancellationToken.None);
        return stream;
    }

    private async Task RunOnceAsync()
    {
        using AuditStream stream = await StartAsync();
        stream.Take(Record("req_1"), default);
        await stream.StoppedAsync(CancellationToken.None);
    }

    private static UsageRecord Record(string id) => new()
    {
        RequestId = id,
        Endpoint = "ChatCompletions",
        Key = "team-a",
        Status = 200,
        EndedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(1),
    };

    private static string[] Kinds(string[] lines) =>
        [.. lines.Select(line => AuditLine.Read(Encoding.UTF8.GetBytes(line))!.Kind)];

    private static AuditVerdict Verify(string[] lines) => AuditVerifier.Verify(
        [("audit", lines.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line)))]);

    /// <summary>Ends waits when an event is logged.</summary>
    private sealed class EventSignals : ILogger<AuditStream>
    {
        private readonly Dictionary<int, TaskCompletionSource> _events = new()
        {
            [702] = new(TaskCreationOptions.RunContinuationsAsynchronously),
            [703] = new(TaskCreationOptions.RunContinuationsAsynchronously),
            [704] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        };

        public Task Of(int id) => _events[id].Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => _events[eventId.Id].TrySetResult();
    }
}
