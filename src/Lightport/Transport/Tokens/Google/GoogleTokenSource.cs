using System.Text;
using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.Transport.Tokens.Google;

/// <summary>
/// Google's tokens, out of what a secret holds: a service account's key or a user's, in Google's own JSON; anything
/// else is a token already.
/// </summary>
internal sealed class GoogleTokenSource(
    IUpstream http, BodyBudget budget, TimeProvider time, GoogleCredentialReader reader) : ITokenSource
{
    public const string Name = "google";

    /// <summary>In bytes. An answer is a token and a few words.</summary>
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    public async ValueTask<ProviderToken> GetAsync(
        string? credential, string scope, CancellationToken cancellationToken)
    {
        if (credential is null)
        {
            throw new CredentialException("is missing, and there is no other identity at Google");
        }

        if (!credential.StartsWith('{'))
        {
            return new ProviderToken(credential, DateTimeOffset.MaxValue);
        }

        IGoogleGrant grant = reader.Read(credential);
        byte[] form = await new FormUrlEncodedContent(grant.Form(scope, time.GetUtcNow()))
            .ReadAsByteArrayAsync(cancellationToken)
            .ConfigureAwait(false);
        var request = new UpstreamRequest(
            "token:" + Name, grant.TokenAddress, [], new BodySegments([form]), ConnectTimeout)
        {
            MediaType = "application/x-www-form-urlencoded",
        };
        try
        {
            using UpstreamResponse response =
                await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            Stream body = await response.OpenBodyAsync(cancellationToken).ConfigureAwait(false);
            using PooledBuffer? answer = await BodyReader
                .ReadAsync(body, response.Length, LongestAnswer, budget, cancellationToken)
                .ConfigureAwait(false);
            return Read(response.Status, answer is null ? default : answer.Written.Span);
        }
        catch (Exception e) when (e is UpstreamException or IOException or BodyBudgetException)
        {
            throw Unavailable("could not be reached", e);
        }
    }

    private ProviderToken Read(int status, ReadOnlySpan<byte> body)
    {
        GoogleTokenAnswer? answer = GoogleTokenAnswer.Read(body);
        return (status, answer) switch
        {
            (200, { Token: { Length: > 0 } token }) =>
                new ProviderToken(token, time.GetUtcNow() + TimeSpan.FromSeconds(answer.Seconds)),
            (400 or 401 or 403, { Error: { } error }) => throw new CredentialException(
                $"was refused by Google ({error}); see that its account and its key are there, and the clock right"),
            _ => throw Unavailable(FormattableString.Invariant($"answered {status} and no token"), null),
        };
    }

    private static SecretUnavailableException Unavailable(string what, Exception? cause) =>
        new($"Google's token endpoint {what}.", cause);
}
