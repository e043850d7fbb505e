namespace Lightport.Transport.Tokens.Google;

/// <summary>What <c>gcloud auth application-default login</c> leaves: somebody's leave to ask for tokens.</summary>
/// <seealso href="https://developers.google.com/identity/protocols/oauth2/web-server#offline"/>
internal sealed record GoogleUser(Uri TokenAddress, string ClientId, string ClientSecret, string RefreshToken)
    : IGoogleGrant
{
    /// <summary>The scope is the one that was agreed to.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Form(string scope, DateTimeOffset now) =>
    [
        new("grant_type", "refresh_token"), new("refresh_token", RefreshToken), new("client_id", ClientId),
        new("client_secret", ClientSecret),
    ];

    /// <summary>A record would print the secrets.</summary>
    public override string ToString() => nameof(GoogleUser);
}
