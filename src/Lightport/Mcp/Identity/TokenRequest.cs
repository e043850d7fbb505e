using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>
/// Asks for one token (RFC 6749, section 5), showing the gateway's secret by HTTP's basic scheme, or in the form where
/// that is all that is taken; or a signature in its place.
/// </summary>
internal static class TokenRequest
{
    /// <summary>In bytes; a token with many claims has 16,000.</summary>
    private const int LongestAnswer = 128 * 1024;

    /// <summary>Where the answer does not say how long the token lasts.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    /// <param name="secret">The secret itself, or the private key.</param>
    /// <param name="grant">What kind of grant, and what it rests on.</param>
    /// <exception cref="CredentialException">The gateway's secret, or the user's token, is refused.</exception>
    /// <exception cref="SecretUnavailableException">Nobody answers, or not as is agreed on.</exception>
    public static async Task<(string Token, TimeSpan Lifetime)> SendAsync(
        McpHttp http,
        ClientCredentials credentials,
        TokenPlace place,
        string secret,
        IEnumerable<KeyValuePair<string, string>> grant,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, place.Address)
        {
            Content = new FormUrlEncodedContent(
                [.. grant, .. Wanted(credentials, place), .. Shown(credentials, place, secret, now)]),
        };
        request.Headers.Accept.ParseAdd("application/json");
        if (!credentials.Signs && place.TakesBasic)
        {
            request.Headers.Authorization = Basic(credentials.ClientId, secret);
        }

        using var invoker = new HttpMessageInvoker(http.Handler(credentials.AllowsPrivate), disposeHandler: false);
        try
        {
            using HttpResponseMessage response =
                await invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
            using var body = new BoundedContent(response.Content, LongestAnswer);
            byte[] answer = await body.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return Read(response.StatusCode, answer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AnswerTooLargeException)
        {
            throw new SecretUnavailableException(
                $"no token can be had from {place.Address.Host}, which cannot be reached.", e);
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Wanted(ClientCredentials credentials, TokenPlace place)
    {
        if (credentials.Scope is { } scope)
        {
            yield return new("scope", scope);
        }

        if (place.Resource is { } resource)
        {
            yield return new("resource", resource);
        }
    }

    /// <summary>Who the gateway is, where that stands in the form.</summary>
    private static KeyValuePair<string, string>[] Shown(
        ClientCredentials credentials, TokenPlace place, string secret, DateTimeOffset now) => credentials.Signs
        ? [
            new("client_id", credentials.ClientId),
            new("client_assertion_type", ClientAssertion.Type),
            new("client_assertion", ClientAssertion.Make(secret, credentials.ClientId, place.Audience, now)),
        ]
        : place.TakesBasic ? []
        : [new("client_id", credentials.ClientId), new("client_secret", secret)];

    /// <summary>Both are form-encoded first (RFC 6749, section 2.3.1).</summary>
    private static AuthenticationHeaderValue Basic(string id, string secret) => new(
        "Basic",
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}")));

    private static (string Token, TimeSpan Lifetime) Read(HttpStatusCode status, byte[] answer)
    {
        JsonElement said = Parse(answer);
        if (status is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw new CredentialException($"is refused a token ({Word(said)})");
        }

        if (status != HttpStatusCode.OK || MetadataDocument.Text(said, "access_token") is not { } token)
        {
            throw new SecretUnavailableException($"no token came, but an answer with HTTP {(int)status}.");
        }

        if (token.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new SecretUnavailableException("what came as a token is none that could be shown.");
        }

        TimeSpan lifetime = said.TryGetProperty("expires_in", out JsonElement seconds)
            && seconds.ValueKind == JsonValueKind.Number
            && seconds.TryGetDouble(out double lasts)
            && lasts is > 0 and < 1e9
                ? TimeSpan.FromSeconds(lasts)
                : Usual;
        return (token, lifetime);
    }

    private static JsonElement Parse(byte[] answer)
    {
        JsonElement nothing = JsonElement.Parse("{}");
        try
        {
            return JsonElement.Parse(answer, MetadataDocument.Reading) is { ValueKind: JsonValueKind.Object } said
                ? said
                : nothing;
        }
        catch (JsonException)
        {
            return nothing;
        }
    }

    /// <summary>The error's code alone: what is described may hold what nobody else should read.</summary>
    private static string Word(JsonElement said) =>
        MetadataDocument.Text(said, "error") is { } word
        && word.All(letter => char.IsAsciiLetter(letter) || letter == '_')
            ? ShortText.Of(word, 64)
            : "no reason given";
}
