using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Lightport.Bench.Runner.Wire;

/// <summary>One HTTP/1.1 connection on a blocking socket: as little of a client as can be, for exact times.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
    {
        NoDelay = true, ReceiveTimeout = 60_000, SendTimeout = 60_000,
    };

    private readonly byte[] _buffer = new byte[256 * 1024];
    private ReadProgress _progress;

    public RawConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public void Send(ReadOnlySpan<byte> request)
    {
        _progress = default;
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }
    }

    /// <summary>Takes what is there, or waits for it.</summary>
    /// <returns>How far the answer has come.</returns>
    public ReadProgress Receive()
    {
        int count = _socket.Receive(_buffer);
        if (count == 0)
        {
            throw new IOException("The connection was closed inside an answer.");
        }

        _progress = _progress.After(_buffer.AsSpan(0, count));
        return _progress;
    }

    /// <summary>Sends and takes the whole answer.</summary>
    /// <returns>The time from the request's first byte to the first byte of the answer's body.</returns>
    public TimeSpan Exchange(ReadOnlySpan<byte> request)
    {
        long started = Stopwatch.GetTimestamp();
        Send(request);
        ReadProgress progress;
        TimeSpan? first = null;
        do
        {
            progress = Receive();
            if (progress.BodyBytes > 0)
            {
                first ??= Stopwatch.GetElapsedTime(started);
            }
        }
        while (!progress.Ended);

        return progress.Status == 200
            ? first ?? throw new IOException("An answer without a body.")
            : throw new IOException($"Status {progress.Status}.");
    }

    public void Dispose() => _socket.Dispose();
}
