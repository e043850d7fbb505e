namespace Lightport.Transport.Signing;

/// <summary>Shows a provider its key.</summary>
public interface IRequestSigner
{
    /// <summary>Adds what proves the key, and returns the address to call.</summary>
    Uri Sign(Uri address, string secret, IList<KeyValuePair<string, string>> headers);
}
