using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Lightport.Bench.Runner.Wire;

internal static class ReadyProbe
{
    /// <summary>Whether a GET is answered with 200 now.</summary>
    public static bool IsReady(int port, string path)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = 5_000,
        };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            string request = $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            socket.Send(Encoding.ASCII.GetBytes(request));
            byte[] answer = new byte[12];
            int read = 0;
            while (read < answer.Length && socket.Receive(answer.AsSpan(read)) is > 0 and var count)
            {
                read += count;
            }

            return answer.AsSpan().SequenceEqual("HTTP/1.1 200"u8);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
