using System.Net.Sockets;
using System.Text;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>A client on a bare socket, for what no HTTP library would send.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient _client = new();

    private NetworkStream Connection => _client.GetStream();

    public static async Task<RawClient> ConnectAsync(Uri gateway)
    {
        var raw = new RawClient();
        await raw._client.ConnectAsync(gateway.Host, gateway.Port);
        return raw;
    }

    /// <param name="text">Each letter is one byte.</param>
    public async Task SendAsync(string text) => await Connection.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>The status line and headers of the answer, once they are there.</summary>
    public async Task<string> ReadHeadAsync()
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        using var patience = new CancellationTokenSource(FakeUpstream.Patience);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && await Connection.ReadAsync(one, patience.Token) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public void Dispose() => _client.Dispose();
}
