using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Tests.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Configuration;

public sealed class ConfigurationFollowerTests : IDisposable
{
    private static readonly StoreException Away = new(StoreFailure.Unavailable, "The tables are away.");

    private readonly MemoryVersions _versions = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly CapturedLog _log = new();
    private readonly ConfigurationGuard _guard = new();
    private readonly ConfigurationFollower _follower;

    public ConfigurationFollowerTests()
    {
        ConfigurationReader reader = EntryReaderTests.Reader(_guard);
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _follower = new ConfigurationFollower(
            _versions, reader, reader.BuiltIn, _clock, () => 0.5, logs.CreateLogger<ConfigurationFollower>());
    }

    private IGatewayConfigurationSource Source => _follower;

    [Fact]
    public async Task Start_NothingApplied_ServesTheDefaults()
    {
        await _follower.StartAsync(CancellationToken.None);

        Assert.Equal("built-in defaults", Source.Current.Source);
        Assert.Null(Source.LastError);
    }

    [Fact]
    public async Task Start_StoreAway_RefusesRequestsUntilItIsThere()
    {
        _versions.Fault = Away;
        await _follower.StartAsync(CancellationToken.None);

        GatewayException refused = Assert.Throws<GatewayException>(() => Source.Current);
        Assert.Equal((503, "configuration_unavailable"), (refused.Error.Status, refused.Error.Code));
        Assert.Equal("The tables are away.", Source.LastError);

        _versions.Fault = null;
        _versions.Put("v1", "models: { a: openai/first }");
        await _clock.WaitingFor(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _clock.WaitingFor(TimeSpan.FromSeconds(10));

        Assert.Equal("openai/first", Target("a"));
        Assert.Null(Source.LastError);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ }   # nothing of our own yet\n")]
    public async Task Start_AnEmptyDocumentWasApplied_ServesTheDefaults(string document)
    {
        _versions.Put("v1", document);
        await _follower.StartAsync(CancellationToken.None);

        Assert.Equal(("v1", (string?)null), (Source.Current.Routing.Version, Source.LastError));
        Assert.Equal(["echo"], Source.Current.Routing.ModelNames);
    }

    [Fact]
    public async Task Pointer_Moves_IsFollowedWithinTheInterval()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await _follower.StartAsync(CancellationToken.None);
        Assert.Equal(("v1", "openai/first"), (Source.Current.Routing.Version, Target("a")));

        _versions.Put("v2", "models: { a: openai/second }");
        await _clock.WaitingFor(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(10));
        await _clock.WaitingFor(TimeSpan.FromSeconds(10));

        Assert.Equal(("v2", "openai/second"), (Source.Current.Routing.Version, Target("a")));
    }

    [Fact]
    public async Task Pointer_Stays_LoadsNothing()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        GatewayConfiguration first = Source.Current;
        await RefreshAsync();

        Assert.Equal(1, _versions.Reads);
        Assert.Same(first, Source.Current);
    }

    [Fact]
    public async Task StoreAway_LastGoodVersionServes_AndItRecovers()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        _versions.Fault = Away;
        await RefreshAsync();
        await RefreshAsync();

        Assert.Equal("openai/first", Target("a"));
        Assert.Equal("The tables are away.", Source.LastError);
        Assert.Single(_log.Lines, line => line.EventId == 103);
        Assert.DoesNotContain(_log.Lines, line => line.EventId == 104);

        _versions.Fault = null;
        await RefreshAsync();
        await RefreshAsync();
        Assert.Null(Source.LastError);
        CapturedLine allClear = Assert.Single(_log.Lines, line => line.EventId == 104);
        Assert.Equal("Configuration v1 is the newest again, and whole", allClear.Text);
    }

    [Fact]
    public async Task Pointer_ToAMissingVersion_IsRefusedAndReported()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        _versions.Point("v9");
        await RefreshAsync();

        Assert.Equal("openai/first", Target("a"));
        Assert.StartsWith("The version v9 that jane put in force is not there.", Source.LastError);
    }

    [Fact]
    public async Task Pointer_Gone_KeepsWhatIsInForce()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        _versions.Pointer = null;
        await RefreshAsync();

        Assert.Equal("openai/first", Target("a"));
        Assert.Contains("pointer", Source.LastError);
    }

    [Fact]
    public async Task Pointer_GoneBeforeThisInstanceCame_ServesNothingUntilSomethingIsApplied()
    {
        _versions.WasConfigured = true;
        await RefreshAsync();

        Assert.Equal(503, Assert.Throws<GatewayException>(() => Source.Current).Error.Status);
        Assert.Contains("pointer", Source.LastError);

        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        Assert.Equal("openai/first", Target("a"));
    }

    [Fact]
    public async Task BadRow_IsNamedAndItsLastGoodValueKept_AsLongAsTheVersionIsInForce()
    {
        _versions.Put("v1", "models: { a: openai/first, b: openai/b }");
        await RefreshAsync();
        _versions.Put("v2", [new("model", "a", 0, "{oops"), new("model", "b", 1, "\"openai/new\"")]);
        await RefreshAsync();
        await RefreshAsync();

        Assert.Equal(("openai/first", "openai/new"), (Target("a"), Target("b")));
        Assert.Equal(
            "version v2: model 'a' is not used (its value is not JSON); its last good value is kept.",
            Source.LastError);
        Assert.Single(_log.Lines, line => line.EventId == 103);
    }

    [Fact]
    public async Task FirstVersion_NoPartOfItUsable_RefusesRequestsAndSaysWhyInBoundedWords()
    {
        _versions.Put("v1", [.. Enumerable.Range(0, 10_000).Select(i => new ConfigurationEntry("model", $"m{i}", i, "{"))]);
        await RefreshAsync();

        Assert.Equal(503, Assert.Throws<GatewayException>(() => Source.Current).Error.Status);
        Assert.InRange(Source.LastError!.Length, 1_000, 5_000);
        Assert.EndsWith("… and more", Source.LastError);
    }

    [Fact]
    public async Task Guard_Refuses_KeepsTheLastGoodVersion()
    {
        _versions.Put("v1", "models: { a: openai/first }");
        await RefreshAsync();
        _guard.Require(_ => "open to the world");
        _versions.Put("v2", "admission: { mode: open }");
        await RefreshAsync();

        Assert.Equal("v1", Source.Current.Routing.Version);
        Assert.Contains("open to the world", Source.LastError);
    }

    public void Dispose()
    {
        _follower.Dispose();
        _log.Dispose();
    }

    private async Task RefreshAsync() => await _follower.RefreshAsync(CancellationToken.None);

    private string Target(string model) => $"{Source.Current.Routing.Models[model].Targets[0]}";
}
