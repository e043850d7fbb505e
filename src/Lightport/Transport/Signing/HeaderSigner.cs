namespace Lightport.Transport.Signing;

/// <summary>Puts the key into a header, after a prefix (<c>Authorization: Bearer …</c>, <c>x-api-key: …</c>).</summary>
internal sealed class HeaderSigner(string name, string prefix = "") : IRequestSigner
{
    public static HeaderSigner Bearer { get; } = new("Authorization", "Bearer ");

    public void Sign(SigningRequest request, string key) => request.Headers.Add(new(name, prefix + key));
}
