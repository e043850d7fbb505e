using System.Globalization;
using System.Text;
using Lightport.Transport;

namespace Lightport.Tests.Exchanges;

/// <summary>A provider's answer as the test has written it.</summary>
internal sealed class ScriptedResponse(int status, string? mediaType, Stream body) : UpstreamResponse
{
    public Dictionary<string, string> Fields { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public bool Disposed { get; private set; }

    public override int Status => status;

    public override string? MediaType => mediaType?.Split(';')[0];

    public override string? ContentType => mediaType;

    public override long? Length => null;

    public override IEnumerable<KeyValuePair<string, string>> Headers => Fields;

    public static ScriptedResponse Json(string body, int status = 200) =>
        new(status, "application/json", new MemoryStream(Encoding.UTF8.GetBytes(body)));

    /// <summary>A body that is all there already.</summary>
    public static ScriptedResponse Of(string mediaType, byte[] body, int status = 200) =>
        new(status, mediaType, new MemoryStream(body));

    /// <summary>Events that are all there already.</summary>
    public static ScriptedResponse Events(string body) =>
        new(200, "text/event-stream", new MemoryStream(Encoding.UTF8.GetBytes(body)));

    /// <summary>Events that the test tells as it goes.</summary>
    public static ScriptedResponse Events(ScriptedBody body) => new(200, "text/event-stream", body);

    /// <summary>An error in OpenAI's shape.</summary>
    public static ScriptedResponse Error(int status, string code = "broken") => Json(
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"error":{"message":"Told by the provider.","type":"its_type","param":null,"code":"{{{code}}}"}}"""),
        status);

    public override string? Header(string name) => Fields.GetValueOrDefault(name);

    public override ValueTask<Stream> OpenBodyAsync(CancellationToken cancellationToken) => new(body);

    protected override void Dispose(bool disposing)
    {
        Disposed = true;
        body.Dispose();
    }
}
