using System.Buffers;
using System.Text.Json;
using Lightport.Transport;

namespace Lightport.Providers.Echo;

/// <summary>An answer made in the process.</summary>
internal sealed class EchoResponse(int status, string mediaType, ReadOnlyMemory<byte> body) : UpstreamResponse
{
    public override int Status => status;

    public override string? MediaType => mediaType;

    public override long? Length => body.Length;

    public override IEnumerable<KeyValuePair<string, string>> Headers => [];

    public static EchoResponse Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return new EchoResponse(status, "application/json", buffer.WrittenMemory);
    }

    public static EchoResponse Refuse(int status, string message) => Json(status, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", message);
        writer.WriteString("type", "invalid_request_error");
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    public override string? Header(string name) => null;

    public override ValueTask<Stream> OpenBodyAsync(CancellationToken cancellationToken) =>
        new(new MemoryStream(body.ToArray(), writable: false));

    protected override void Dispose(bool disposing)
    {
    }
}
