using System.Net;
using System.Net.Sockets;

namespace Lightport.Functions.Tests;

/// <summary>Against a listener that does as the genuine host was seen to do.</summary>
public sealed class HostWatchTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _notices = new(0);
    private TcpListener _host = Listen(0);

    private IPEndPoint Address => (IPEndPoint)_host.LocalEndpoint;

    [Fact]
    public async Task Host_Stopping_IsSeenAtOnce()
    {
        using HostWatch watch = await StartAsync();
        using Socket held = await _host.AcceptSocketAsync();

        Stop(held);

        Assert.True(await _notices.WaitAsync(Patience));
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Host_ThatEndsAnIdleConnection_IsNotStopping()
    {
        using HostWatch watch = await StartAsync();
        using (Socket held = await _host.AcceptSocketAsync())
        {
            held.Close();
        }

        using Socket again = await _host.AcceptSocketAsync();
        Assert.Equal(0, _notices.CurrentCount);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Host_NotThereYet_IsWaitedForAndNotTakenForStopping()
    {
        IPEndPoint address = Address;
        _host.Stop();
        using HostWatch watch = await StartAsync(address);
        _host = Listen(address.Port);

        using Socket held = await _host.AcceptSocketAsync();
        Assert.Equal(0, _notices.CurrentCount);
        await watch.StopAsync(CancellationToken.None);
    }

    /// <summary>Whatever listened there may come back; one word for each time it went.</summary>
    [Fact]
    public async Task Host_ThatComesBack_IsWatchedOn()
    {
        IPEndPoint address = Address;
        using HostWatch watch = await StartAsync();
        using Socket held = await _host.AcceptSocketAsync();
        Stop(held);
        Assert.True(await _notices.WaitAsync(Patience));

        _host = Listen(address.Port);
        using Socket again = await _host.AcceptSocketAsync();
        Assert.Equal(0, _notices.CurrentCount);
        Stop(again);
        Assert.True(await _notices.WaitAsync(Patience));
        await watch.StopAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _host.Dispose();
        _notices.Dispose();
    }

    private static TcpListener Listen(int port)
    {
        var host = new TcpListener(IPAddress.Loopback, port);
        host.Start();
        return host;
    }

    private void Stop(Socket held)
    {
        _host.Stop();
        held.Close();
    }

    private async Task<HostWatch> StartAsync(IPEndPoint? address = null)
    {
        var watch = new HostWatch(
            address ?? Address, () => _notices.Release(), TimeProvider.System, TimeSpan.FromMilliseconds(1));
        await watch.StartAsync(CancellationToken.None);
        return watch;
    }
}
