namespace Lightport.Transport.Signing;

/// <summary>Puts the key into the address's query, for providers that know no other way.</summary>
public sealed class QuerySigner(string field) : IRequestSigner
{
    public Uri Sign(Uri address, string secret, IList<KeyValuePair<string, string>> headers)
    {
        var builder = new UriBuilder(address);
        string pair = $"{field}={Uri.EscapeDataString(secret)}";
        builder.Query = builder.Query.Length > 1 ? $"{builder.Query[1..]}&{pair}" : pair;
        return builder.Uri;
    }
}
