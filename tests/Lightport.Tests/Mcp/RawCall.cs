using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Mcp;

/// <summary>One request to a <see cref="RawServer"/>, and the ways to answer it byte by byte.</summary>
internal sealed class RawCall(
    NetworkStream stream, string method, string path, IReadOnlyDictionary<string, string> headers, string body)
{
    private readonly JsonObject? _message = body.StartsWith('{') ? JsonNode.Parse(body) as JsonObject : null;

    public string HttpMethod => method;

    public string Path => path;

    public string Body => body;

    public IReadOnlyDictionary<string, string> Headers => headers;

    public JsonObject Message => _message ?? [];

    /// <summary>The method of JSON-RPC; empty for none.</summary>
    public string Rpc => (string?)_message?["method"] ?? "";

    public string Id => _message?["id"]?.ToJsonString() ?? "null";

    public JsonNode? Parameters => _message?["params"];

    public string Header(string name) => headers.GetValueOrDefault(name, "");

    public Task ResultAsync(string result, string headers = "") =>
        JsonAsync($$"""{"jsonrpc":"2.0","id":{{Id}},"result":{{result}}}""", headers: headers);

    public Task ErrorAsync(int code, string message, int status = 200) =>
        JsonAsync($$$"""{"jsonrpc":"2.0","id":{{{Id}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""", status);

    public Task JsonAsync(string json, int status = 200, string headers = "", string type = "application/json") =>
        WriteAsync($"HTTP/1.1 {status} So\r\nContent-Type: {type}\r\n{headers}"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public Task AcceptedAsync() => WriteAsync("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");

    /// <summary>Begins an event stream that ends with the connection.</summary>
    public Task EventsAsync() =>
        WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");

    public Task EventAsync(string json) => WriteAsync($"data: {json}\n\n");

    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await stream.FlushAsync();
    }

    /// <summary>Ends when the other side hangs up.</summary>
    public async Task HungUpAsync()
    {
        try
        {
            byte[] one = new byte[1];
            while (await stream.ReadAsync(one) > 0)
            {
            }
        }
        catch (IOException)
        {
        }
    }
}
