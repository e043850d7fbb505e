using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>A REST source on this machine, which answers as a test says and remembers what it was asked.</summary>
internal sealed class SourceServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<HttpListenerContext, Task> _answer;

    public SourceServer(Func<HttpListenerContext, Task> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{FreePort()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Always the same answer.</summary>
    public SourceServer(string body, int status = 200)
        : this(context => WriteAsync(context, body, status))
    {
    }

    public string Address { get; }

    /// <summary>The paths with their queries, as they were asked for.</summary>
    public List<string> Seen { get; } = [];

    public static async Task WriteAsync(HttpListenerContext context, string body, int status = 200)
    {
        context.Response.StatusCode = status;
        if (status == 302)
        {
            context.Response.RedirectLocation = "http://169.254.169.254/";
        }

        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                lock (Seen)
                {
                    Seen.Add(context.Request.RawUrl!);
                }

                _ = AnswerAsync(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            await _answer(context);
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or IOException)
        {
            // Whoever asked has gone, which is what some tests are about.
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
