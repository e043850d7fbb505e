using Lightport.Conversation;
using Lightport.Exchanges.Health;
using Lightport.Routing;
using Lightport.Routing.State;
using Lightport.Storage;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Tests.Exchanges;

/// <summary>What one instance learns of a target, the others know.</summary>
public sealed class SharedBreakersTests : IDisposable
{
    private static readonly Route Asked = TestRoutes.Route("m", "openai/a", "openai/b");

    private readonly ManualTimeProvider _clock = new();
    private readonly SharedRow _row = new();
    private readonly List<SharedBreakers> _services = [];

    [Fact]
    public async Task Opened_StandsAtOtherInstancesAlso()
    {
        (TargetStates states, SharedBreakers breakers) = Instance();
        (TargetStates others, SharedBreakers other) = Instance();
        Fail(states);

        await breakers.SyncAsync(default);
        await other.SyncAsync(default);

        Assert.Equal(BreakerPhase.Open, others.Of(Asked.Targets[0]).Breaker);
        Assert.Equal(BreakerPhase.Closed, others.Of(Asked.Targets[1]).Breaker);
        Assert.Equal(1, _row.Writes);
    }

    /// <summary>An instance whose own way out is broken turns nobody against a target that works.</summary>
    [Fact]
    public async Task Opened_IsNotBelievedWhereTheTargetHasAnsweredSince()
    {
        (TargetStates states, SharedBreakers breakers) = Instance();
        (TargetStates others, SharedBreakers other) = Instance();
        Fail(states);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Answer(others);

        await breakers.SyncAsync(default);
        await other.SyncAsync(default);

        Assert.Equal(BreakerPhase.Closed, others.Of(Asked.Targets[0]).Breaker);
    }

    [Fact]
    public async Task Probe_ThatFindsItBack_TakesItOutOfTheRow()
    {
        (TargetStates states, SharedBreakers breakers) = Instance();
        (TargetStates others, SharedBreakers other) = Instance();
        Fail(states);
        await breakers.SyncAsync(default);
        await other.SyncAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Answer(others);
        await other.SyncAsync(default);

        (TargetStates late, SharedBreakers third) = Instance();
        await third.SyncAsync(default);

        Assert.Equal("[]", _row.Text);
        Assert.Equal(BreakerPhase.Closed, late.Of(Asked.Targets[0]).Breaker);
    }

    [Fact]
    public async Task Told_IsNotToldOnAndEndsByItself()
    {
        (TargetStates states, SharedBreakers breakers) = Instance();
        (TargetStates others, SharedBreakers other) = Instance();
        Fail(states);
        await breakers.SyncAsync(default);
        await other.SyncAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(31));

        await other.SyncAsync(default);
        (TargetStates late, SharedBreakers third) = Instance();
        await third.SyncAsync(default);

        Assert.Equal(1, _row.Writes);
        Assert.Equal(BreakerPhase.HalfOpen, others.Of(Asked.Targets[0]).Breaker);
        Assert.Equal(BreakerPhase.Closed, late.Of(Asked.Targets[0]).Breaker);
    }

    /// <summary>All fail at it at once: who comes second has nothing to add.</summary>
    [Fact]
    public async Task Outage_ThatAllSee_IsWrittenByOne()
    {
        (TargetStates, SharedBreakers)[] instances = [.. Enumerable.Range(0, 20).Select(_ => Instance())];
        foreach ((TargetStates states, _) in instances)
        {
            Fail(states);
        }

        foreach ((_, SharedBreakers breakers) in instances)
        {
            await breakers.SyncAsync(default);
        }

        Assert.Equal(1, _row.Writes);
    }

    [Fact]
    public async Task Writing_ThatAnotherWasBefore_IsTriedAgainWithWhatThatSays()
    {
        (TargetStates states, SharedBreakers breakers) = Instance();
        (TargetStates others, SharedBreakers other) = Instance();
        Fail(states);
        Fail(others, Asked.Targets[1]);
        _row.BeforeWrite = () => other.SyncAsync(default);
        await breakers.SyncAsync(default);

        await breakers.SyncAsync(default);

        (TargetStates late, SharedBreakers third) = Instance();
        await third.SyncAsync(default);
        Assert.All(Asked.Targets, target => Assert.Equal(BreakerPhase.Open, late.Of(target).Breaker));
    }

    [Theory]
    [InlineData("")]
    [InlineData("edited")]
    [InlineData("[null, {\"provider\":\"openai\"}, {}]")]
    [InlineData("{\"provider\":1}")]
    public async Task Row_ThatSomebodyEdited_IsNoneAndWrittenAnew(string text)
    {
        _row.Text = text;
        (TargetStates states, SharedBreakers breakers) = Instance();
        Fail(states);

        await breakers.SyncAsync(default);

        Assert.Contains("\"model\":\"a\"", _row.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ThatIsAway_CostsNothingButTheTelling()
    {
        _row.Failure = new StoreException(StoreFailure.Unavailable, "The storage is away.");
        (TargetStates states, SharedBreakers breakers) = Instance();
        Fail(states);
        await breakers.SyncAsync(default);
        _row.Failure = null;

        await breakers.SyncAsync(default);

        Assert.Equal(1, _row.Writes);
    }

    public void Dispose() => _services.ForEach(service => service.Dispose());

    private (TargetStates States, SharedBreakers Breakers) Instance()
    {
        var states = new TargetStates(_clock);
        var breakers = new SharedBreakers(_row, states, _clock, () => 0, NullLogger<SharedBreakers>.Instance);
        _services.Add(breakers);
        return (states, breakers);
    }

    private static void Fail(TargetStates states, Target? target = null)
    {
        TargetState state = states.Of(target ?? Asked.Targets[0]);
        for (int i = 0; i < 5; i++)
        {
            TargetCall call = state.Call();
            call.Begin();
            call.Fail(
                new GatewayError(ErrorStage.Upstream, ErrorKind.Upstream, 500, "It failed.") { Provider = "openai" },
                TimeSpan.FromSeconds(1),
                TestRoutes.Asking(Asked));
        }
    }

    private static void Answer(TargetStates states)
    {
        TargetCall call = states.Of(Asked.Targets[0]).Call();
        call.Begin();
        call.Answer(TimeSpan.FromSeconds(1), stream: false);
        call.End(null, TestRoutes.Asking(Asked));
    }

    /// <summary>One row, as several instances share it.</summary>
    private sealed class SharedRow : IHealthStore
    {
        private int _tag;

        public string? Text { get; set; }

        public int Writes { get; private set; }

        public StoreException? Failure { get; set; }

        /// <summary>Comes between a reading and its writing, once.</summary>
        public Func<ValueTask>? BeforeWrite { get; set; }

        public ValueTask<HealthNote?> ReadAsync(CancellationToken cancellationToken) => Failure is { } failure
            ? throw failure
            : ValueTask.FromResult(Text is null ? null : new HealthNote(Text, $"{_tag}"));

        public async ValueTask<bool> TryWriteAsync(string text, string? tag, CancellationToken cancellationToken)
        {
            if (BeforeWrite is { } other)
            {
                BeforeWrite = null;
                await other();
            }

            if (tag != (Text is null ? null : $"{_tag}"))
            {
                return false;
            }

            (Text, _tag, Writes) = (text, _tag + 1, Writes + 1);
            return true;
        }
    }
}
