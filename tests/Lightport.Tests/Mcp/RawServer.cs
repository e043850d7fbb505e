using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightport.Tests.Mcp;

/// <summary>A server of nothing but a socket: what it answers is what the test writes.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<RawCall, Task> _answer;
    private readonly Task _accepting;

    public RawServer(Func<RawCall, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mcp");

    public ConcurrentQueue<RawCall> Calls { get; } = [];

    /// <summary>What was asked so far, by its method of JSON-RPC.</summary>
    public IEnumerable<string> Asked => Calls.Select(call => call.Rpc);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException || _stop.IsCancellationRequested)
        {
            // A listener that is stopped between two connections says that it does not listen.
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient connection = client;
        await using CancellationTokenRegistration stopped = _stop.Token.Register(connection.Close);
        try
        {
            NetworkStream stream = connection.GetStream();
            while (await ReadAsync(stream) is { } call)
            {
                Calls.Enqueue(call);
                await _answer(call);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The other side has hung up, or the test is over.
        }
    }

    private static async Task<RawCall?> ReadAsync(NetworkStream stream)
    {
        if (await LineAsync(stream) is not { Length: > 0 } first)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        string body = headers.TryGetValue("Content-Length", out string? length)
            ? await TextAsync(stream, int.Parse(length, CultureInfo.InvariantCulture))
            : headers.ContainsKey("Transfer-Encoding") ? await ChunksAsync(stream) : "";
        return new RawCall(stream, first.Split(' ')[0], first.Split(' ')[1], headers, body);
    }

    private static async Task<string> ChunksAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        while (int.Parse((await LineAsync(stream))!, NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            text.Append(await TextAsync(stream, size));
            await LineAsync(stream);
        }

        await LineAsync(stream);
        return text.ToString();
    }

    private static async Task<string> TextAsync(NetworkStream stream, int length)
    {
        byte[] bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static async Task<string?> LineAsync(NetworkStream stream)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) > 0)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
