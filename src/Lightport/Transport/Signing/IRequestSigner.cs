namespace Lightport.Transport.Signing;

/// <summary>Shows a provider its key.</summary>
public interface IRequestSigner
{
    /// <summary>Adds what proves the key to the request's address or headers.</summary>
    /// <param name="request">The request, complete but for its proof.</param>
    /// <param name="key">The key; it may stand in the request where the provider wants it, and nowhere else.</param>
    /// <exception cref="UnusableKeyException">The key is none that this signer knows.</exception>
    void Sign(SigningRequest request, string key);
}
