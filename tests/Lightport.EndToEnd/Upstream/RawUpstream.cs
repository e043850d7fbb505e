using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightport.EndToEnd.Upstream;

/// <summary>
/// A provider on a bare socket, for what no web server would send. It answers every request with the bytes that are
/// kept for its model, then closes the connection.
/// </summary>
internal sealed class RawUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Dictionary<string, string> _answers = [];
    private readonly Task _serving;

    public RawUpstream()
    {
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _serving = ServeAsync();
    }

    public string Address { get; }

    /// <param name="answer">Status line, headers and body; each letter is one byte.</param>
    public void Answer(string model, string answer) => _answers[model] = answer;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
            catch (SocketException)
            {
                // The listener was stopped.
                return;
            }
        }
    }

    private async Task AnswerAsync(NetworkStream connection)
    {
        var request = new StringBuilder();
        byte[] buffer = new byte[4096];
        while (!request.ToString().EndsWith("]}", StringComparison.Ordinal))
        {
            int read = await connection.ReadAsync(buffer);
            if (read == 0)
            {
                return;
            }

            request.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        string text = request.ToString();
        string model = _answers.Keys.First(
            kept => text.Contains($"\"model\":\"{kept}\"", StringComparison.Ordinal));
        await connection.WriteAsync(Encoding.Latin1.GetBytes(_answers[model]));
    }
}
