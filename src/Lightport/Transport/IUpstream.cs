namespace Lightport.Transport;

/// <summary>Carries one request to a provider.</summary>
public interface IUpstream
{
    /// <summary>Sends, and returns as soon as the answer's headers are there; its body is read as it comes.</summary>
    /// <exception cref="UpstreamException">The provider could not be reached, or broke off before its
    /// headers.</exception>
    ValueTask<UpstreamResponse> SendAsync(UpstreamRequest request, CancellationToken cancellationToken);
}
