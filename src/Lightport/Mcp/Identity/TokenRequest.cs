using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp.Connections;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Mcp.Identity;

/// <summary>Asks for one token (RFC 6749, section 5), showing the gateway's secret by HTTP's basic scheme.</summary>
internal static class TokenRequest
{
    /// <summary>In bytes; a token with many claims has 16,000.</summary>
    private const int LongestAnswer = 128 * 1024;

    /// <summary>Where the answer does not say how long the token lasts.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(5);

    /// <param name="secret">The secret itself.</param>
    /// <param name="grant">What kind of grant, and what it rests on.</param>
    /// <exception cref="CredentialException">The gateway's secret, or the user's token, is refused.</exception>
    /// <exception cref="SecretUnavailableException">Nobody answers, or not as is agreed on.</exception>
    public static async Task<(string Token, TimeSpan Lifetime)> SendAsync(
        McpHttp http,
        ClientCredentials credentials,
        string secret,
        IEnumerable<KeyValuePair<string, string>> grant,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, credentials.TokenAddress)
        {
            Content = new FormUrlEncodedContent([.. grant, .. Wanted(credentials)]),
        };
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = Basic(credentials.ClientId, secret);
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
                $"no token can be had from {credentials.TokenAddress.Host}, which cannot be reached.", e);
        }
    }

    private static List<KeyValuePair<string, string>> Wanted(ClientCredentials credentials)
    {
        var wanted = new List<KeyValuePair<string, string>>();
        if (credentials.Scope is { } scope)
        {
            wanted.Add(new("scope", scope));
        }

        if (credentials.Resource is { } resource)
        {
            wanted.Add(new("resource", resource));
        }

        return wanted;
    }

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

        if (status != HttpStatusCode.OK || Text(said, "access_token") is not { } token)
        {
            throw new SecretUnavailableException($"no token came, but an answer with HTTP {(int)status}.");
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
            return JsonElement.Parse(answer) is { ValueKind: JsonValueKind.Object } said ? said : nothing;
        }
        catch (JsonException)
        {
            return nothing;
        }
    }

    /// <summary>The error's code alone: what is described may hold what nobody else should read.</summary>
    private static string Word(JsonElement said) =>
        Text(said, "error") is { } word && word.All(letter => char.IsAsciiLetter(letter) || letter == '_')
            ? ShortText.Of(word, 64)
            : "no reason given";

    private static string? Text(JsonElement said, string name) =>
        said.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
