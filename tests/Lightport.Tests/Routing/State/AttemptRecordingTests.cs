using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.State;

/// <summary>What the attempt loop notes of a target.</summary>
public sealed class AttemptRecordingTests
{
    private static readonly TimeSpan Took = TimeSpan.FromMilliseconds(40);

    private readonly ManualTimeProvider _time = new();
    private readonly TargetStates _states;

    public AttemptRecordingTests() => _states = new TargetStates(_time);

    private TargetState State => _states.Of(Target("a/x"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Success_IsInFlightUntilItsEnd(bool stream)
    {
        AttemptResult<string> result = await SucceedAsync(stream);

        Assert.Equal((1, Took, null), (State.InFlight, State.Latency(stream), State.Latency(!stream)));
        result.Answering!.Value.End(null, Asking(Route("m", "a/x")));
        Assert.Equal((0, 0), (State.InFlight, State.ConsecutiveFailures));
    }

    [Fact]
    public async Task Failure_IsCountedWithItsKindAndMoment()
    {
        await RunAsync(Provider(ErrorKind.Overloaded, 503));
        await RunAsync(Provider(ErrorKind.RateLimit, 429) with { RetryAfter = TimeSpan.FromSeconds(90) });

        Assert.Equal((0, 2, null), (State.InFlight, State.ConsecutiveFailures, State.Latency(stream: false)));
        Assert.Equal(new TargetFailure(ErrorKind.RateLimit, 429, _time.GetUtcNow()), State.LastFailure);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromSeconds(90), State.CoolUntil);
    }

    [Fact]
    public async Task Failures_EndWithAWholeAnswer_NotWithOneThatOnlyBegan()
    {
        await RunAsync(Provider(ErrorKind.Overloaded, 503));
        AttemptResult<string> broken = await SucceedAsync(stream: true);
        Assert.Equal(1, State.ConsecutiveFailures);

        broken.Answering!.Value.End(Provider(ErrorKind.Upstream, 502), Asking(Route("m", "a/x")));
        Assert.Equal(2, State.ConsecutiveFailures);

        (await SucceedAsync()).Answering!.Value.End(null, Asking(Route("m", "a/x")));
        Assert.Equal(0, State.ConsecutiveFailures);
    }

    [Theory]
    [InlineData(ErrorKind.InvalidRequest)]
    [InlineData(ErrorKind.ContextLength)]
    [InlineData(ErrorKind.ContentFilter)]
    [InlineData(ErrorKind.Canceled)]
    public async Task RequestsOwnFault_IsNotTheTargets(ErrorKind kind)
    {
        await RunAsync(Provider(kind, 400));

        Assert.Equal((0, 0, null), (State.InFlight, State.ConsecutiveFailures, State.LastFailure));
    }

    [Theory]
    [InlineData(ErrorKind.Authentication, 0)]
    [InlineData(ErrorKind.RateLimit, 0)]
    [InlineData(ErrorKind.QuotaExceeded, 0)]
    [InlineData(ErrorKind.Overloaded, 1)]
    public async Task LimitsOfTheClientsOwnKey_AreNotTheTargets(ErrorKind kind, int failures)
    {
        await RunAsync(Provider(kind, 429) with { RetryAfter = Took }, bringsKey: true);

        Assert.Equal((failures, failures > 0), (State.ConsecutiveFailures, State.CoolUntil is not null));
    }

    [Fact]
    public async Task GatewaysOwnError_IsNotTheTargets()
    {
        await RunAsync(new GatewayError(ErrorStage.Encode, ErrorKind.InvalidRequest, 400, "no images there"));

        Assert.Equal((0, 0), (State.InFlight, State.ConsecutiveFailures));
    }

    [Fact]
    public async Task UnexpectedException_LeavesNothingInFlight()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(() => throw new InvalidOperationException("a defect")));

        Assert.Equal((0, 0), (State.InFlight, State.ConsecutiveFailures));
    }

    [Fact]
    public async Task Timeout_IsAFailureAndTellsHowLongItTakesAtLeast()
    {
        await RunAsync(Provider(ErrorKind.Timeout, 504));

        Assert.Equal((1, Took), (State.ConsecutiveFailures, State.Latency(stream: false)));
    }

    [Fact]
    public async Task ClientWhoGivesUp_HasSeenHowLongItTakesAtLeast()
    {
        using var client = new CancellationTokenSource();
        await RunAsync(
            () =>
            {
                client.Cancel();
                throw new OperationCanceledException(client.Token);
            },
            client: client.Token);

        Assert.Equal((0, 0, Took), (State.InFlight, State.ConsecutiveFailures, State.Latency(stream: false)));
    }

    private static GatewayError Provider(ErrorKind kind, int status) =>
        new(ErrorStage.Upstream, kind, status, "the provider's own words") { Provider = "a" };

    private Task<AttemptResult<string>> SucceedAsync(bool stream = false) =>
        RunAsync(() => new AttemptOutcome<string>("answer"), stream);

    private Task<AttemptResult<string>> RunAsync(GatewayError error, bool bringsKey = false) =>
        RunAsync(() => new AttemptOutcome<string>(error), bringsKey: bringsKey);

    private async Task<AttemptResult<string>> RunAsync(
        Func<AttemptOutcome<string>> attempt,
        bool stream = false,
        bool bringsKey = false,
        CancellationToken client = default)
    {
        Route route = Route("m", "a/x");
        using var deadline = new RequestDeadline(TimeSpan.FromMinutes(1), _time, null, client);
        return await new AttemptLoop(_time, () => 0, _states).RunAsync(
            Asking(route, stream) with { BringsKey = bringsKey },
            route.Targets,
            deadline,
            (_, _, _) =>
            {
                Assert.Equal(1, State.InFlight);
                _time.Advance(Took);
                return ValueTask.FromResult(attempt());
            },
            once: true);
    }
}
