using System.Text.Json;

namespace Lightport.Transport.Echo;

/// <summary>
/// A provider inside the process: it answers chat requests with what the user said last, calls the first tool it is
/// offered, and embeds text, all without a key, an account or a network. It speaks OpenAI's wire, so that everything
/// around it runs as for any provider.
/// </summary>
public sealed class EchoUpstream : IUpstream
{
    /// <summary>The scheme of addresses that are answered here.</summary>
    public const string Scheme = "echo";

    public ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken)
    {
        JsonElement body = JsonElement.Parse(request.Body.ToArray());
        bool embeddings = request.Address.AbsolutePath.EndsWith("/embeddings", StringComparison.Ordinal);
        try
        {
            return new(embeddings ? EchoEmbeddings.Answer(body) : EchoChat.Answer(body));
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return new(
                EchoResponse.BadRequest("echo cannot read this request: a field is missing or of the wrong type."));
        }
    }
}
