namespace Lightport.Providers;

/// <summary>How a provider is shown its key.</summary>
/// <param name="Scheme">Where the key goes.</param>
/// <param name="KeyVariable">The secret's usual name (<c>OPENAI_API_KEY</c>); null where there is no key.</param>
/// <param name="Name">
/// The header's, the query field's, the signer's or the token source's name, for those schemes.
/// </param>
/// <param name="Prefix">What stands before the key in the header (<c>Key </c>); empty for none.</param>
public sealed record ProviderAuthentication(
    AuthenticationScheme Scheme,
    string? KeyVariable,
    string? Name = null,
    string Prefix = "")
{
    /// <summary>
    /// What a signer shows the key for (<c>bedrock/{region}</c>), or what a token is to open; may hold
    /// <c>{setting}</c>s.
    /// </summary>
    public string Scope { get; init; } = "";

    /// <summary>
    /// Secrets that stand for the one of <see cref="KeyVariable"/> where that is not set, joined by colons: two, and
    /// others that need not be there.
    /// </summary>
    public IReadOnlyList<string> KeyParts { get; init; } = [];
}

/// <summary>Where a provider looks for its key.</summary>
public enum AuthenticationScheme
{
    None,

    /// <summary><c>Authorization: Bearer …</c></summary>
    Bearer,

    /// <summary>A header of the provider's own (<c>x-api-key</c>).</summary>
    Header,

    /// <summary>A field of the query.</summary>
    Query,

    /// <summary>
    /// A token after <c>Authorization: Bearer</c>, which a source of that name gives for the key, or for the identity
    /// that the gateway runs under: <c>services.AddKeyedSingleton&lt;ITokenSource&gt;("entra", …)</c>.
    /// </summary>
    Token,

    /// <summary>
    /// A signature over the request, by what the host registered under a name of its own:
    /// <c>services.AddKeyedSingleton&lt;IRequestSigner&gt;("house", …)</c>.
    /// </summary>
    Signer,
}
