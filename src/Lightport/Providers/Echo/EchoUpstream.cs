using System.Text.Json;
using Lightport.Transport;

namespace Lightport.Providers.Echo;

/// <summary>
/// A provider inside the process: it answers chat requests with what the user said last, calls the first tool it is
/// offered, and embeds text, all without a key, an account or a network. It speaks OpenAI's wire, so that everything
/// around it runs as for any provider.
/// </summary>
internal sealed class EchoUpstream : IUpstream
{
    /// <summary>The scheme of addresses that are answered here.</summary>
    public const string Scheme = "echo";

    /// <summary>It makes objects of what it reads, several times as long.</summary>
    private const long MaxBytes = 8 * 1024 * 1024;

    public ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        if (request.Body.Length > MaxBytes)
        {
            return new(EchoResponse.Refuse(413, "echo takes requests of up to 8 MiB."));
        }

        JsonElement body = JsonElement.Parse(request.Body.ToArray());
        bool embeddings = request.Address.AbsolutePath.EndsWith("/embeddings", StringComparison.Ordinal);
        try
        {
            return new(embeddings ? EchoEmbeddings.Answer(body) : EchoChat.Answer(body));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new(
                EchoResponse.Refuse(400, "echo cannot read this request: a field is missing or of the wrong type."));
        }
    }
}
