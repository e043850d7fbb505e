using System.Buffers.Text;
using System.Text;
using Azure.Core;

namespace Lightport.Azure.Tests.Storage;

/// <summary>Tokens as Entra makes them for storage, without a signature: the emulator asks for none.</summary>
internal sealed class StorageTokens(string audience = "https://storage.azure.com") : TokenCredential
{
    /// <summary>What was asked for, each time.</summary>
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string payload =
            $$"""{"aud":"{{audience}}","iss":"https://sts.windows.net/00000000-0000-0000-0000-000000000001/","""
            + $"\"iat\":{Seconds(-60)},\"nbf\":{Seconds(-60)},\"exp\":{Seconds(3600)}}}";
        return new AccessToken(
            $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(payload)}.{Encode("signature")}", now.AddHours(1));

        long Seconds(int offset) => now.ToUnixTimeSeconds() + offset;
    }

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext,
        CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
