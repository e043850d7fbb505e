using Lightport.Configuration;
using Lightport.Exchanges;
using Lightport.Routing;
using Lightport.Tests.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;

namespace Lightport.Tests.Exchanges;

public sealed class DrainTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _stopping = new();

    [Fact]
    public async Task Stop_StreamsHaveTheTimeThatWasSet()
    {
        using GatewayDrain drain = Create(TimeSpan.FromSeconds(30));
        using var client = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TimeSpan.FromMinutes(15), _clock, null, client.Token, drain.Over);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await _stopping.CancelAsync();

        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.False(deadline.Token.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.Equal((503, "shutting_down"), (deadline.Error.Status, deadline.Error.Code));
    }

    [Fact]
    public async Task Stop_ClientGoesFirst_IsTheClientsEnd()
    {
        using GatewayDrain drain = Create(TimeSpan.FromSeconds(30));
        using var client = new CancellationTokenSource();
        using var deadline = new RequestDeadline(TimeSpan.FromMinutes(15), _clock, null, client.Token, drain.Over);
        await _stopping.CancelAsync();
        await client.CancelAsync();

        Assert.Equal((499, "canceled"), (deadline.Error.Status, deadline.Error.Code));
    }

    [Fact]
    public async Task HostThatStopsFirst_EndsWhatRunsInItsTime_AndNothingThatComesLater()
    {
        using GatewayDrain drain = Create(TimeSpan.FromSeconds(30));
        CancellationToken running = drain.Over;
        drain.EndRunning(TimeSpan.FromSeconds(20));
        CancellationToken later = drain.Over;

        _clock.Advance(TimeSpan.FromSeconds(19.9));
        Assert.False(running.IsCancellationRequested);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((true, false), (running.IsCancellationRequested, later.IsCancellationRequested));

        await _stopping.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.True(later.IsCancellationRequested);
    }

    [Fact]
    public async Task Stop_AfterTheHostsWord_EndsWhatRunsWithTheProcess()
    {
        using GatewayDrain drain = Create(TimeSpan.FromSeconds(3));
        CancellationToken running = drain.Over;
        drain.EndRunning(TimeSpan.FromSeconds(20));

        await _stopping.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));

        Assert.True(running.IsCancellationRequested);
    }

    [Theory]
    [InlineData(null, 35)]
    [InlineData("10m", 605)]
    [InlineData("0s", 5)]
    public void Host_WaitsAMomentLonger(string? setting, double seconds)
    {
        using ServiceProvider services = Services(setting);

        Assert.Equal(seconds, services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.TotalSeconds);
    }

    /// <summary>Other parts of an app may need longer than the gateway does.</summary>
    [Theory]
    [InlineData(600, 600)]
    [InlineData(-0.001, -0.001)]
    [InlineData(10, 35)]
    public void Host_ThatWaitsLongerByItself_IsLeftAlone(double chosen, double seconds)
    {
        using ServiceProvider services = new ServiceCollection()
            .Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(chosen))
            .AddLightport(new ConfigurationBuilder().Build())
            .BuildServiceProvider();

        Assert.Equal(seconds, services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.TotalSeconds);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("2h")]
    [InlineData("30")]
    public void Setting_NoLengthOfTime_IsRefusedByName(string setting)
    {
        using ServiceProvider services = Services(setting);

        ConfigurationException e = Assert.Throws<ConfigurationException>(services.GetRequiredService<GatewayDrain>);
        Assert.Contains("LIGHTPORT_DRAIN", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 200, "ok")]
    [InlineData(true, 503, "draining")]
    public async Task Health_FromTheFirstWordOfAStop_IsNotReadyAndStillAlive(bool stopping, int status, string word)
    {
        if (stopping)
        {
            await _stopping.CancelAsync();
        }

        using ServiceProvider services = Services(null);
        Gateway gateway = services.GetRequiredService<Gateway>();
        using var ready = new ClientCall("GET", "/health", "", new Dictionary<string, string>());
        using var live = new ClientCall("GET", "/health/live", "", new Dictionary<string, string>());
        await gateway.HandleAsync(GatewayEndpoints.Health, ready.Context, CancellationToken.None);
        await gateway.HandleAsync(GatewayEndpoints.Live, live.Context, CancellationToken.None);

        Assert.Equal((status, word), (ready.Status, (string?)ready.Json["status"]));
        Assert.Equal((200, "ok"), (live.Status, (string?)live.Json["status"]));
    }

    public void Dispose() => _stopping.Dispose();

    private GatewayDrain Create(TimeSpan time) => new(time, _clock, Lifetime());

    private IHostApplicationLifetime Lifetime() =>
        Mock.Of<IHostApplicationLifetime>(lifetime => lifetime.ApplicationStopping == _stopping.Token);

    private ServiceProvider Services(string? setting)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LIGHTPORT_DRAIN"] = setting })
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton(Lifetime())
            .AddLightport(settings)
            .BuildServiceProvider();
    }
}
