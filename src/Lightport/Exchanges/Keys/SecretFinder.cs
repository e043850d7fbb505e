using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Transport.Tokens;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>
/// Finds the key that a target is shown, or the token in its place, and tells what it means when one is refused.
/// </summary>
internal sealed class SecretFinder(ISecretSource secrets, TokenCache tokens, ILogger<Gateway> logger)
{
    // A secret stays the same text as long as it is remembered, and so does what looks for it.
    private readonly ConditionalWeakTable<string, KeyMask> _masks = [];

    /// <summary>What takes a key out of its provider's words.</summary>
    public KeyMask MaskOf(Exchange exchange, string? key) => key is null ? KeyMask.None
        : exchange.Caller?.PresentedKey is null ? _masks.GetValue(key, static key => new KeyMask(key))
        : new KeyMask(key);

    /// <summary>
    /// The caller's own key where it brought one for this provider, shown as it is; else the installation's, or what it
    /// is exchanged for.
    /// </summary>
    /// <param name="token">What the provider wants in the key's place; null for the key.</param>
    /// <exception cref="GatewayException">There is none, or none that can be shown.</exception>
    /// <exception cref="SecretUnavailableException">It cannot be had at the moment.</exception>
    public async ValueTask<string> FindAsync(
        Exchange exchange, Target target, TokenScheme? token, CancellationToken cancellationToken)
    {
        string provider = target.Provider.Name;
        if (exchange.Caller?.PresentedKey is { } own)
        {
            return exchange.KeyOwner!.Name == provider
                ? own
                : throw new GatewayException(AttemptErrors.ForeignKey(provider));
        }

        ProviderAuthentication authentication = target.Provider.Provider.Authentication;
        string? secret = target.Provider.SecretName is { } name
            ? await SecretAsync(exchange, provider, authentication, name, cancellationToken).ConfigureAwait(false)
            : null;
        string key = token is null
            ? secret!
            : await ExchangeAsync(exchange, provider, token, secret, cancellationToken).ConfigureAwait(false);

        // A signer's secret may be a document of several lines, which never stands in a header itself.
        return authentication.Scheme != AuthenticationScheme.Signer && key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? throw new GatewayException(
                AttemptErrors.MalformedSecret(provider, target.Provider.SecretName ?? token!.Name))
            : key;
    }

    /// <summary>
    /// What a client is told of a failed call. A refused key is its own trouble only where it brought that key.
    /// </summary>
    /// <param name="key">What was refused; null where nothing was shown.</param>
    public GatewayError Told(Exchange exchange, Target target, int status, string? key, GatewayError error)
    {
        if (exchange.Caller?.PresentedKey is not null)
        {
            return error;
        }

        if ((status == 401 || error.Kind == ErrorKind.Authentication) && target.Provider.SecretName is { } secret)
        {
            secrets.Invalidate(secret);
            foreach (string part in PartsOf(target.Provider.Provider.Authentication, secret))
            {
                secrets.Invalidate(part);
            }
        }

        if (status == 401 && key is not null)
        {
            tokens.Forget(key);
        }

        if (error.Kind != ErrorKind.Authentication)
        {
            return error;
        }

        string provider = target.Provider.Name;
        GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, "the key was refused.");
        return AttemptErrors.KeyRefused(provider) with { Headers = error.Headers };
    }

    /// <summary>The secrets that stand for one that is not set: only for the one that the catalog names.</summary>
    private static IReadOnlyList<string> PartsOf(ProviderAuthentication authentication, string secret) =>
        secret == authentication.KeyVariable ? authentication.KeyParts : [];

    private async ValueTask<string?> JoinAsync(IReadOnlyList<string> parts, CancellationToken cancellationToken)
    {
        const int Needed = 2;
        var found = new List<string>(parts.Count);
        foreach (string part in parts)
        {
            if (await secrets.GetAsync(part, cancellationToken).ConfigureAwait(false) is { } value)
            {
                found.Add(value);
            }
            else if (found.Count < Needed)
            {
                return null;
            }
        }

        return found.Count < Needed ? null : string.Join(':', found);
    }

    private async ValueTask<string> SecretAsync(
        Exchange exchange,
        string provider,
        ProviderAuthentication authentication,
        string name,
        CancellationToken cancellationToken)
    {
        string? secret = await secrets.GetAsync(name, cancellationToken).ConfigureAwait(false)
            ?? await JoinAsync(PartsOf(authentication, name), cancellationToken).ConfigureAwait(false);
        if (secret is null)
        {
            GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, $"there is no secret '{name}'.");
            throw new GatewayException(AttemptErrors.MissingSecret(provider, name));
        }

        return secret;
    }

    private async ValueTask<string> ExchangeAsync(
        Exchange exchange, string provider, TokenScheme token, string? secret, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.GetAsync(token, secret, cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialException e)
        {
            GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, $"its secret {e.Message}.");
            throw new GatewayException(AttemptErrors.UnusableCredential(provider, e.Message));
        }
    }
}
