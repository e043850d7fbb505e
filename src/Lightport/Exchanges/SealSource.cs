using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Storage;
using Lightport.Transport;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>
/// The seal of ids that clients are told and bring back: by a secret that all instances share, else by one that is kept
/// for the next process, else by this process's own.
/// </summary>
/// <param name="isNeeded">There are MCP servers whose tools the gateway may run.</param>
/// <param name="kept">Null where the gateway has no place of its own.</param>
/// <param name="runsAreKept">
/// What came of approved calls is known to the next process, or to other instances. Else a question is this process's
/// alone to have answered, for any other would run its call again.
/// </param>
internal sealed class SealSource(
    ISecretSource secrets,
    Func<bool> isNeeded,
    ILogger logger,
    ISealKeyStore? kept = null,
    bool runsAreKept = true)
{
    /// <summary>The secret's name, as of a provider's key.</summary>
    public const string SecretName = "LIGHTPORT_SEAL_KEY";

    /// <summary>A shorter secret can be guessed, in characters.</summary>
    public const int ShortestKey = 16;

    private readonly string _process = runsAreKept ? "" : $"\n{Guid.NewGuid():N}";
    private readonly Lock _lock = new();
    private (string Secret, IdSeal Seal)? _shared;
    private IdSeal? _own;

    /// <summary>Gives a request the seal, where its client is told runs of tools.</summary>
    /// <exception cref="GatewayException">The secret cannot be had at the moment, or can be guessed.</exception>
    public async ValueTask LendAsync(Exchange exchange)
    {
        if (exchange.Served is IServedConversation { ShowsRuns: true } && isNeeded())
        {
            IdSeal seal = await GetAsync(exchange.RequestId, exchange.Aborted).ConfigureAwait(false);
            exchange.Request.Seal = seal.For((exchange.Caller!.KeyId ?? exchange.Caller.Name) + _process);
        }
    }

    /// <exception cref="GatewayException">As of <see cref="LendAsync"/>.</exception>
    public async ValueTask<IdSeal> GetAsync(string requestId, CancellationToken cancellationToken)
    {
        string? secret;
        try
        {
            secret = await secrets.GetAsync(SecretName, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretUnavailableException e)
        {
            GatewayLog.SecretUnavailable(logger, requestId, SecretName, e.Message);
            throw Refused($"The secret '{SecretName}' cannot be had at the moment.", e);
        }

        return secret is null ? await OwnAsync(requestId, cancellationToken).ConfigureAwait(false)
            : secret.Length >= ShortestKey ? Shared(secret)
            : throw Refused(
                $"The secret '{SecretName}' has fewer than {ShortestKey} characters.", inner: null, lasts: true);
    }

    private IdSeal Shared(string secret)
    {
        lock (_lock)
        {
            if (_shared is { } known && known.Secret == secret)
            {
                return known.Seal;
            }

            var seal = new IdSeal(secret);
            _shared = (secret, seal);
            return seal;
        }
    }

    private async ValueTask<IdSeal> OwnAsync(string requestId, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _own) is { } known)
        {
            return known;
        }

        string? key = await KeptKeyAsync(requestId, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (_own is null)
            {
                if (key is null)
                {
                    GatewayLog.SealOfThisProcess(logger, SecretName);
                }
                else
                {
                    GatewayLog.SealKept(logger, SecretName);
                }

                _own = key is null ? IdSeal.OfThisProcess() : new IdSeal(key);
            }

            return _own;
        }
    }

    /// <summary>Null where there is no place to keep one.</summary>
    /// <exception cref="GatewayException">There is one, and it cannot be had: another would deny what it has sealed.
    /// </exception>
    private async ValueTask<string?> KeptKeyAsync(string requestId, CancellationToken cancellationToken)
    {
        if (kept is null)
        {
            return null;
        }

        try
        {
            return await kept.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.ReadOnly)
        {
            return null;
        }
        catch (StoreException e)
        {
            GatewayLog.SecretUnavailable(logger, requestId, SecretName, e.Message);
            throw Refused($"The key of sealed ids cannot be had at the moment. Set '{SecretName}'.", e);
        }
    }

    private static GatewayException Refused(string message, Exception? inner, bool lasts = false) => new(
        new GatewayError(ErrorStage.Request, ErrorKind.Internal, 503, message)
        {
            Code = "seal_unavailable",
            Lasts = lasts,
        },
        inner);
}
