using Lightport.Cli.Gateway;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Gateway;

/// <summary>The client's patience, by a clock that the tests move.</summary>
public sealed class GatewayClientTests : IAsyncLifetime
{
    private readonly ManualTime _clock = new();
    private readonly TaskCompletionSource _never = new();
    private FakeGateway _gateway = null!;
    private GatewayClient _client = null!;

    public async Task InitializeAsync()
    {
        _gateway = await FakeGateway.StartAsync();
        _gateway.On("GET /v1/models", new FakeAnswer(200, "{") { Held = _never.Task });
        _client = new GatewayClient(GatewayAddress.Parse(_gateway.Address), _clock) { Author = "a", Agent = "test" };
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Answer_ThatTakesTooLong_IsGivenUpAfter100Seconds()
    {
        Task<GatewayReply> asking = _client.SendAsync(GatewayCall.Get("/v1/models"), CancellationToken.None);
        await _gateway.Called.Task;
        _clock.Advance(GatewayClient.WholeTimeout - TimeSpan.FromTicks(1));
        Assert.False(asking.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => asking);

        Assert.Equal((4, "timeout"), (failure.ExitCode, failure.Code));
        Assert.Equal(TimeSpan.FromSeconds(100), GatewayClient.WholeTimeout);
    }

    [Fact]
    public async Task Stream_ThatFallsSilent_IsGivenUp_ButAByteStartsTheSilenceAnew()
    {
        var came = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task streaming = _client.StreamAsync(
            GatewayCall.Get("/v1/models"),
            async (_, body, token) =>
            {
                byte[] buffer = new byte[1];
                _clock.Advance(GatewayClient.IdleTimeout / 2);
                Assert.Equal(1, await body.ReadAsync(buffer, token));
                _clock.Advance(GatewayClient.IdleTimeout - TimeSpan.FromTicks(1));
                came.SetResult(!token.IsCancellationRequested);
                await body.ReadExactlyAsync(buffer, token);
            },
            CancellationToken.None);
        Assert.True(await came.Task);
        _clock.Advance(TimeSpan.FromTicks(1));

        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => streaming);

        Assert.Equal((4, "timeout"), (failure.ExitCode, failure.Code));
    }

    [Fact]
    public async Task Answer_ThatAPersonCancels_IsNoFailure()
    {
        using var cancelled = new CancellationTokenSource();
        Task<GatewayReply> asking = _client.SendAsync(GatewayCall.Get("/v1/models"), cancelled.Token);
        await _gateway.Called.Task;
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task Answer_WithoutEnd_IsBrokenOff()
    {
        await using var endless = new WatchedStream(new MemoryStream(new byte[100]), 99, () => { });

        CommandFailure failure = await Assert.ThrowsAsync<CommandFailure>(() => endless.CopyToAsync(Stream.Null));

        Assert.Equal("answer_too_long", failure.Code);
    }
}
