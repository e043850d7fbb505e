using System.Collections.Concurrent;

namespace Lightport.Transport.Tokens;

/// <summary>
/// Keeps each credential's token until shortly before its end. One exchange a credential is in flight, and while a
/// token lasts nobody waits for the next.
/// </summary>
internal sealed class TokenCache(TimeProvider time)
{
    /// <summary>Credentials come from the configuration alone; this holds those that rotation leaves behind.</summary>
    private const int MostKept = 256;

    private readonly ConcurrentDictionary<TokenKey, CachedToken> _tokens = new();

    /// <exception cref="CredentialException">No token will ever come of this credential.</exception>
    /// <exception cref="SecretUnavailableException">None can be had just now.</exception>
    public async ValueTask<string> GetAsync(
        TokenScheme scheme, string? credential, CancellationToken cancellationToken)
    {
        var key = TokenKey.Of(scheme, credential);
        if (!_tokens.TryGetValue(key, out CachedToken? token))
        {
            if (_tokens.Count >= MostKept)
            {
                _tokens.Clear();
            }

            token = _tokens.GetOrAdd(key, _ => new CachedToken(scheme, credential, time));
        }

        return (await token.GetAsync(cancellationToken).ConfigureAwait(false))!;
    }

    /// <summary>A provider refused it: the next request asks for another.</summary>
    public void Forget(string value)
    {
        foreach ((TokenKey key, CachedToken token) in _tokens)
        {
            if (token.Current == value)
            {
                _tokens.TryRemove(key, out _);
            }
        }
    }
}
