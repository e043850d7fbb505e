using Lightport.Admission.Identity;
using Lightport.Conversation;
using Lightport.Storage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Lets a request in, and says who it is from.</summary>
/// <param name="directory">The managed keys; null where there are only those of the configuration.</param>
/// <param name="identities">Knows whose a token is; null where no token is taken.</param>
internal sealed class Doorkeeper(
    TimeProvider time, ClientKeyDirectory? directory = null, IdentityKeeper? identities = null)
{
    /// <summary>
    /// One answer to a wrong key, a disabled one, an expired one and none at all, so that it cannot be told which a key
    /// is. A value of its own, because the text must be the same to the byte.
    /// </summary>
    public static GatewayError InvalidKey { get; } = new(
        ErrorStage.Admission,
        ErrorKind.Authentication,
        401,
        "No valid API key was provided. Send it as 'Authorization: Bearer <key>'; x-api-key, x-goog-api-key and "
        + "api-key are taken too.")
    {
        Code = "invalid_api_key",
    };

    /// <summary>A token that may be good: whoever could say so cannot be asked.</summary>
    public static GatewayError IssuerAway { get; } = new(
        ErrorStage.Admission,
        ErrorKind.Overloaded,
        503,
        "Tokens cannot be verified just now. Try again in a few seconds.")
    {
        Code = "issuer_unavailable",
        Headers = [new("Retry-After", "5")],
    };

    private static readonly AdmissionResult Refused = new(InvalidKey);

    /// <summary>It is not said whether the key is good: nobody knows.</summary>
    private static readonly AdmissionResult Unknowable = new(new GatewayError(
        ErrorStage.Admission,
        ErrorKind.Overloaded,
        503,
        "Client keys cannot be looked up just now. Try again in a few seconds.")
    {
        Code = "store_unavailable",
        Headers = [new("Retry-After", "5")],
    });

    private static readonly AdmissionResult Unverifiable = new(IssuerAway);

    private static readonly AdmissionResult Anyone = new(Caller.Anonymous);

    /// <returns>
    /// The caller, or a 401 <c>invalid_api_key</c>; a 503 where keys cannot be looked up just now; where none is asked
    /// for, a 403 or 415 to whoever may be no program of this machine.
    /// </returns>
    public ValueTask<AdmissionResult> AdmitAsync(
        AdmissionSettings settings,
        HttpRequest request,
        CancellationToken cancellationToken) => settings.Mode switch
    {
        AdmissionMode.Open => new(AdmitLocal(request, settings.Cors)),
        AdmissionMode.BringYourOwn => new(AdmitOwn(KeyReader.Read(request))),
        _ => AdmitKnownAsync(settings, request, cancellationToken),
    };

    /// <summary>
    /// Whether all that calls is one client, so that no other's is in what a provider's account keeps. Managed keys
    /// come and go, and a key that has gone was another client.
    /// </summary>
    public bool HasOneClient(AdmissionSettings settings) => settings.Mode switch
    {
        AdmissionMode.Open => true,
        AdmissionMode.Keys => directory is null && settings.Identity is null && settings.Keys.Count == 1,
        _ => false,
    };

    private static AdmissionResult AdmitLocal(HttpRequest request, CorsSettings cors) =>
        LocalCallers.Refusal(request, cors) is { } refusal ? new AdmissionResult(refusal) : Anyone;

    private ValueTask<AdmissionResult> AdmitKnownAsync(
        AdmissionSettings settings,
        HttpRequest request,
        CancellationToken cancellationToken)
    {
        ReadOnlySpan<char> presented = KeyReader.Read(request);
        if (presented.IsEmpty)
        {
            return new(Refused);
        }

        KeyHash hash = KeyHash.Of(presented);
        if (settings.Keys.Find(hash) is { } configured)
        {
            return new(Judge(configured));
        }

        if (settings.Identity is { } issuers && identities is not null && TokenParts.IsShapedAsOne(presented))
        {
            // In an address it would stay in the logs of every proxy on its way.
            return KeyReader.ReadHeaders(request).IsEmpty
                ? new(Refused)
                : AdmitIdentityAsync(
                    identities, identities.IdentifyAsync(issuers, presented, hash, cancellationToken));
        }

        return directory is null ? new(Refused) : AskAsync(directory, hash, cancellationToken);
    }

    private static ValueTask<AdmissionResult> AdmitIdentityAsync(
        IdentityKeeper keeper, ValueTask<IdentityResult> question) => question.IsCompletedSuccessfully
        ? new(Judge(keeper, question.Result))
        : AwaitIdentityAsync(keeper, question);

    private static async ValueTask<AdmissionResult> AwaitIdentityAsync(
        IdentityKeeper keeper, ValueTask<IdentityResult> question) =>
        Judge(keeper, await question.ConfigureAwait(false));

    private static AdmissionResult Judge(IdentityKeeper keeper, IdentityResult result)
    {
        if (result.Identity is { Caller: null } stranger)
        {
            keeper.TellWhyNot(stranger);
        }

        return result.Unknowable ? Unverifiable
            : result.Identity?.Caller is { } caller ? new AdmissionResult(caller)
            : Refused;
    }

    private async ValueTask<AdmissionResult> AskAsync(
        ClientKeyDirectory keys,
        KeyHash hash,
        CancellationToken cancellationToken)
    {
        try
        {
            return Judge(await keys.FindAsync(hash, cancellationToken).ConfigureAwait(false));
        }
        catch (StoreException)
        {
            return Unknowable;
        }
    }

    private AdmissionResult Judge(ClientKey? key) =>
        key is not null && key.IsGood(time.GetUtcNow()) ? new AdmissionResult(key.Caller) : Refused;

    private static AdmissionResult AdmitOwn(ReadOnlySpan<char> presented) =>
        presented.IsEmpty ? Refused : new AdmissionResult(
            new Caller("own-key", KeyHash.Of(presented).Id) { PresentedKey = presented.ToString() });
}
