using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Lightport.Functions;

/// <summary>
/// Sees that the Functions host is stopping, of which a worker is told only after its streams have been cut. A host
/// that stops takes no more connections and closes those on which nothing runs, at once: so one is kept open here.
/// </summary>
/// <param name="host">Where the host listens.</param>
/// <param name="stopping">Called when the host takes no more connections.</param>
/// <param name="pause">The time between two tries, while the host is not there.</param>
/// <seealso href="https://github.com/Azure/azure-functions-host"/>
public sealed class HostWatch(IPEndPoint host, Action stopping, TimeProvider clock, TimeSpan pause) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool wasThere = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            bool? isThere = await SeeAsync(stoppingToken).ConfigureAwait(false);
            if (wasThere && isThere is false)
            {
                stopping();
            }

            wasThere = isThere ?? wasThere;
            if (isThere is not true)
            {
                await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Holds a connection for as long as the host does.</summary>
    /// <returns>Whether there was one; null where that cannot be known.</returns>
    private async Task<bool?> SeeAsync(CancellationToken cancellationToken)
    {
        Socket connection;
        try
        {
            connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused ? false : null;
        }

        using (connection)
        {
            try
            {
                // Nothing is asked, so nothing is answered: this ends when the host closes it, stopping or tired of it.
                await connection.ReceiveAsync(new byte[1], cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException)
            {
                // The host has broken it off, which says the same.
            }
        }

        return true;
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await connection.ConnectAsync(host, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
