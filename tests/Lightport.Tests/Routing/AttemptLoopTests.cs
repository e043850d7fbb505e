using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Routing.State;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing;

public sealed class AttemptLoopTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _sent = [];

    [Fact]
    public async Task Run_FirstAttemptSucceeds_SendsOnce()
    {
        AttemptResult<string> result = await RunAsync(Route("m", "a/x", "b/y"), _ => null);

        Assert.Equal("a/x", result.Value);
        Assert.Equal(["a/x"], _sent);
        Assert.Equal("a/x", result.Target?.ToString());
        Assert.Null(Assert.Single(result.Attempts).Error);
    }

    [Theory]
    [InlineData(503, ErrorKind.Overloaded)]
    [InlineData(529, ErrorKind.Overloaded)]
    public async Task Run_PassingTrouble_IsTriedAgainThenGoesOn(int status, ErrorKind kind)
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"),
            sent => sent <= 2 ? Upstream(status, kind) : null);

        Assert.Equal(["a/x", "a/x", "b/y"], _sent);
        Assert.Equal("b/y", result.Value);
    }

    [Theory]
    [InlineData(401, ErrorKind.Authentication)]
    [InlineData(403, ErrorKind.Permission)]
    [InlineData(404, ErrorKind.NotFound)]
    [InlineData(405, ErrorKind.MethodNotAllowed)]
    [InlineData(429, ErrorKind.QuotaExceeded)]
    [InlineData(408, ErrorKind.Timeout)]
    [InlineData(500, ErrorKind.Upstream)]
    [InlineData(502, ErrorKind.Upstream)]
    [InlineData(504, ErrorKind.Timeout)]
    public async Task Run_ThisTargetsOwnTrouble_GoesOnAtOnce(int status, ErrorKind kind)
    {
        await RunAsync(Route("m", "a/x", "b/y"), sent => sent == 1 ? Upstream(status, kind) : null);

        Assert.Equal(["a/x", "b/y"], _sent);
    }

    [Theory]
    [InlineData(400, ErrorKind.InvalidRequest)]
    [InlineData(413, ErrorKind.RequestTooLarge)]
    [InlineData(400, ErrorKind.ContextLength)]
    [InlineData(400, ErrorKind.ContentFilter)]
    public async Task Run_TheRequestsOwnFault_Stops(int status, ErrorKind kind)
    {
        AttemptResult<string> result = await RunAsync(Route("m", "a/x", "b/y"), _ => Upstream(status, kind));

        Assert.Equal(["a/x"], _sent);
        Assert.Equal(kind, result.Error?.Kind);
    }

    [Fact]
    public async Task Run_FieldThatATargetCannotCarry_GoesOn()
    {
        var refused = new GatewayError(ErrorStage.Encode, ErrorKind.InvalidRequest, 400, "no images here");

        await RunAsync(Route("m", "a/x", "b/y"), sent => sent == 1 ? refused : null);

        Assert.Equal(["a/x", "b/y"], _sent);
    }

    [Theory]
    [InlineData(true, 409, ErrorKind.InvalidRequest, 2)]
    [InlineData(false, 503, ErrorKind.Overloaded, 1)]
    public async Task Run_ProvidersOwnWord_OverrulesThePolicy(bool should, int status, ErrorKind kind, int sent)
    {
        await RunAsync(Route("m", "a/x"), _ => Upstream(status, kind) with { ShouldRetry = should });

        Assert.Equal(sent, _sent.Count);
    }

    [Theory]
    [InlineData(ErrorStage.Connect, ErrorKind.Upstream, true, false, 2)]
    [InlineData(ErrorStage.Connect, ErrorKind.Timeout, false, true, 1)]
    [InlineData(ErrorStage.FirstByte, ErrorKind.Timeout, false, true, 2)]
    [InlineData(ErrorStage.FirstByte, ErrorKind.Timeout, true, false, 1)]
    [InlineData(ErrorStage.Stream, ErrorKind.Timeout, false, true, 2)]
    [InlineData(ErrorStage.Stream, ErrorKind.Timeout, true, false, 1)]
    [InlineData(ErrorStage.FirstByte, ErrorKind.Upstream, true, true, 1)]
    [InlineData(ErrorStage.Secret, ErrorKind.Internal, true, true, 1)]
    public async Task Run_OwnStages_FollowTheirWordInThePolicy(
        ErrorStage stage, ErrorKind kind, bool connect, bool timeout, int sent)
    {
        Route route = Route("m", "a/x") with { Retry = new RetryPolicy { Connect = connect, Timeout = timeout } };

        await RunAsync(route, _ => new GatewayError(stage, kind, 504, "failed"));

        Assert.Equal(sent, _sent.Count);
    }

    [Fact]
    public async Task Run_AllFail_ReturnsTheLastErrorAndEveryAttempt()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"),
            sent => Upstream(500 + sent, ErrorKind.Upstream) with { ShouldRetry = sent == 1 });

        Assert.Equal(503, result.Error?.Status);
        Assert.Equal(
            ["a/x 501", "a/x 502", "b/y 503"],
            result.Attempts.Select(attempt => $"{attempt.Target} {attempt.Error?.Status}"));
        Assert.Equal([true, false, false], result.Attempts.Select(attempt => attempt.Pause > TimeSpan.Zero));
        Assert.All(result.Attempts, attempt => Assert.Equal(TimeSpan.FromMilliseconds(10), attempt.Duration));
    }

    [Fact]
    public async Task Run_Pauses_DoubleWithFullJitterUpToTheLongest()
    {
        Route route = Route("m", "a/x") with
        {
            Retry = new RetryPolicy { Attempts = 6, BaseDelay = Milliseconds(100), MaxDelay = Milliseconds(500) },
        };

        AttemptResult<string> result = await RunAsync(route, _ => Upstream(503, ErrorKind.Overloaded), random: 0.5);

        Assert.Equal(
            [50, 100, 200, 250, 250, 0],
            result.Attempts.Select(attempt => attempt.Pause.TotalMilliseconds));
    }

    [Fact]
    public async Task Run_RetryAfterWithinTheLongestPause_IsWaitedFor()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x"),
            sent => sent == 1 ? Upstream(429, ErrorKind.RateLimit) with { RetryAfter = Milliseconds(3000) } : null);

        Assert.Equal(Milliseconds(3000), result.Attempts[0].Pause);
        Assert.Equal("a/x", result.Value);
    }

    [Fact]
    public async Task Run_RetryAfterBeyondTheLongestPause_GoesOnAndAtTheLastTargetStops()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"),
            _ => Upstream(429, ErrorKind.RateLimit) with { RetryAfter = Milliseconds(60_000) });

        Assert.Equal(["a/x", "b/y"], _sent);
        Assert.Equal(Milliseconds(60_000), result.Error?.RetryAfter);
        Assert.Equal(Milliseconds(20), _time.GetElapsedTime(0));
    }

    [Fact]
    public async Task Run_Once_MakesOneAttemptOnly()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"), _ => Upstream(503, ErrorKind.Overloaded), once: true);

        Assert.Equal(["a/x"], _sent);
        Assert.Equal(503, result.Error?.Status);
    }

    [Fact]
    public async Task Run_ThrownGatewayException_CountsAsItsError()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"),
            sent => sent == 1 ? throw new GatewayException(Upstream(401, ErrorKind.Authentication)) : null);

        Assert.Equal("b/y", result.Value);
        Assert.Equal(401, result.Attempts[0].Error?.Status);
    }

    [Fact]
    public async Task Run_ClientGoesDuringAnAttempt_Stops()
    {
        using var client = new CancellationTokenSource();
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x", "b/y"),
            _ =>
            {
                client.Cancel();
                throw new OperationCanceledException(client.Token);
            },
            client: client.Token);

        Assert.Equal(["a/x"], _sent);
        Assert.Equal((ErrorKind.Canceled, 499), (result.Error?.Kind, result.Error?.Status));
        Assert.Single(result.Attempts);
    }

    [Fact]
    public async Task Run_ClientGoneBefore_SendsNothing()
    {
        AttemptResult<string> result = await RunAsync(
            Route("m", "a/x"), _ => null, client: new CancellationToken(canceled: true));

        Assert.Empty(_sent);
        Assert.Equal(ErrorKind.Canceled, result.Error?.Kind);
    }

    [Fact]
    public async Task Run_ClientGoesDuringAPause_Stops()
    {
        using var client = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TimeSpan.FromMinutes(1), _time, null, client.Token);
        Route route = Route("m", "a/x", "b/y");
        Task<AttemptResult<string>> run = Loop(0.9).RunAsync<string>(
            Asking(route),
            route.Targets,
            deadline,
            (_, _, _) => ValueTask.FromResult(new AttemptOutcome<string>(Upstream(503, ErrorKind.Overloaded)))).AsTask();
        Assert.False(run.IsCompleted);

        await client.CancelAsync();

        Assert.Equal(ErrorKind.Canceled, (await run).Error?.Kind);
    }

    [Fact]
    public async Task Run_TotalTimeIsUp_CancelsTheAttemptAndSaysSo()
    {
        using var deadline = new RequestDeadline(TimeSpan.FromSeconds(30), _time, null, CancellationToken.None);
        Route route = Route("m", "a/x", "b/y");
        Task<AttemptResult<string>> run = Loop(0).RunAsync<string>(
            Asking(route),
            route.Targets,
            deadline,
            async (_, _, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return new AttemptOutcome<string>("late");
            }).AsTask();

        _time.Advance(TimeSpan.FromSeconds(30));
        AttemptResult<string> result = await run;

        Assert.Equal((ErrorKind.Timeout, 504), (result.Error?.Kind, result.Error?.Status));
        Assert.Contains("30 seconds", result.Error?.Message);
        Assert.Equal(ErrorKind.Timeout, Assert.Single(result.Attempts).Error?.Kind);
    }

    [Fact]
    public async Task Run_PauseLongerThanWhatIsLeft_GoesOnInstead()
    {
        Route route = Route("m", "a/x", "b/y") with { Timeouts = new StageTimeouts { Total = Milliseconds(1000) } };

        await RunAsync(route, sent => sent == 1
            ? Upstream(429, ErrorKind.RateLimit) with { RetryAfter = Milliseconds(2000) }
            : null);

        Assert.Equal(["a/x", "b/y"], _sent);
    }

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static GatewayError Upstream(int status, ErrorKind kind) =>
        new(ErrorStage.Upstream, kind, status, "the provider's own words");

    private AttemptLoop Loop(double random) => new(_time, () => random, new TargetStates(_time));

    /// <summary>Runs with attempts of 10 ms each; whatever is waited for passes at once.</summary>
    /// <param name="fail">The number of requests sent to the error; null is success.</param>
    private async Task<AttemptResult<string>> RunAsync(
        Route route,
        Func<int, GatewayError?> fail,
        bool once = false,
        double random = 0.5,
        CancellationToken client = default)
    {
        using var deadline = new RequestDeadline(route.Timeouts.Total, _time, null, client);
        Task<AttemptResult<string>> run = Loop(random).RunAsync(
            Asking(route),
            route.Targets,
            deadline,
            (target, info, _) =>
            {
                _sent.Add(target.ToString());
                Assert.Equal(_sent.Count, info.Number);
                _time.Advance(Milliseconds(10));
                return ValueTask.FromResult(fail(_sent.Count) is { } error
                    ? new AttemptOutcome<string>(error)
                    : new AttemptOutcome<string>(target.ToString()));
            },
            once).AsTask();
        while (!run.IsCompleted)
        {
            // Two timers: the request's deadline, and the pause that the loop is waiting for.
            if (_time.Waiting is [TimeSpan pause, _])
            {
                _time.Advance(pause);
            }

            await Task.Yield();
        }

        return await run;
    }
}
