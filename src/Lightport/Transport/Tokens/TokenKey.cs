using System.Security.Cryptography;
using System.Text;

namespace Lightport.Transport.Tokens;

/// <summary>
/// Whose token it is, and what for. The whole credential counts: two of one tenant's that differ in a letter share
/// nothing.
/// </summary>
internal readonly record struct TokenKey(string Source, string Scope, string CredentialHash)
{
    public static TokenKey Of(TokenScheme scheme, string? credential) => new(
        scheme.Name,
        scheme.Scope,
        credential is null ? "" : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credential))));
}
