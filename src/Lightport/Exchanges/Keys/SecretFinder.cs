using System.Runtime.CompilerServices;
using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Routing;
using Lightport.Transport;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>Finds the key that a target is shown, and tells what it means when one is refused.</summary>
internal sealed class SecretFinder(ISecretSource secrets, ILogger<Gateway> logger)
{
    // A secret stays the same text as long as it is remembered, and so does what looks for it.
    private readonly ConditionalWeakTable<string, KeyMask> _masks = [];

    /// <summary>What takes a key out of its provider's words.</summary>
    public KeyMask MaskOf(Exchange exchange, string? key) => key is null ? KeyMask.None
        : exchange.Caller?.PresentedKey is null ? _masks.GetValue(key, static key => new KeyMask(key))
        : new KeyMask(key);

    /// <summary>The caller's own key where it brought one for this provider, else the installation's.</summary>
    /// <exception cref="GatewayException">There is none, or none that can be shown.</exception>
    /// <exception cref="SecretUnavailableException">It cannot be had at the moment.</exception>
    public async ValueTask<string> FindAsync(Exchange exchange, Target target, CancellationToken cancellationToken)
    {
        string provider = target.Provider.Name;
        if (exchange.Caller?.PresentedKey is { } own)
        {
            return exchange.KeyOwner!.Name == provider
                ? own
                : throw new GatewayException(AttemptErrors.ForeignKey(provider));
        }

        string name = target.Provider.SecretName!;
        ProviderAuthentication authentication = target.Provider.Provider.Authentication;
        string? key = await secrets.GetAsync(name, cancellationToken).ConfigureAwait(false)
            ?? await JoinAsync(PartsOf(authentication, name), cancellationToken).ConfigureAwait(false);
        if (key is not null)
        {
            // A signer's secret may be a document of several lines, which never stands in a header itself.
            return authentication.Scheme != AuthenticationScheme.Signer
                && key.AsSpan().ContainsAnyExceptInRange(' ', '~')
                    ? throw new GatewayException(AttemptErrors.MalformedSecret(provider, name))
                    : key;
        }

        GatewayLog.SecretUnavailable(logger, exchange.RequestId, provider, $"there is no secret '{name}'.");
        throw new GatewayException(AttemptErrors.MissingSecret(provider, name));
    }

    /// <summary>
    /// What a client is told of a failed call. A refused key is its own trouble only where it brought that key.
    /// </summary>
    public GatewayError Told(Exchange exchange, Target target, int status, GatewayError error)
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
}
