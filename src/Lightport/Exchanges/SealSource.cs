using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges;

/// <summary>
/// The seal of ids that clients are told and bring back: by a secret that all instances share, else by one of this
/// process's own.
/// </summary>
/// <param name="isNeeded">There are MCP servers whose tools the gateway may run.</param>
internal sealed class SealSource(ISecretSource secrets, Func<bool> isNeeded, ILogger logger)
{
    /// <summary>The secret's name, as of a provider's key.</summary>
    public const string SecretName = "LIGHTPORT_SEAL_KEY";

    /// <summary>A shorter secret can be guessed, in characters.</summary>
    public const int ShortestKey = 16;

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
            exchange.Request.Seal = seal.For(exchange.Caller!.KeyId ?? exchange.Caller.Name);
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

        return secret is null ? Own()
            : secret.Length >= ShortestKey ? Shared(secret)
            : throw Refused($"The secret '{SecretName}' has fewer than {ShortestKey} characters.", inner: null);
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

    private IdSeal Own()
    {
        lock (_lock)
        {
            if (_own is null)
            {
                GatewayLog.SealOfThisProcess(logger, SecretName);
                _own = IdSeal.OfThisProcess();
            }

            return _own;
        }
    }

    private static GatewayException Refused(string message, Exception? inner) => new(
        new GatewayError(ErrorStage.Request, ErrorKind.Internal, 503, message) { Code = "seal_unavailable" }, inner);
}
