namespace Lightport.Transport.Signing;

/// <summary>Puts the key into the address's query, for providers that know no other way.</summary>
internal sealed class QuerySigner(string field) : IRequestSigner
{
    public void Sign(SigningRequest request, string key)
    {
        var builder = new UriBuilder(request.Address);
        string pair = $"{field}={Uri.EscapeDataString(key)}";
        builder.Query = builder.Query.Length > 1 ? $"{builder.Query[1..]}&{pair}" : pair;
        request.Address = builder.Uri;
    }
}
