using Lightport.Conversation;
using Lightport.Storage;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Lets a request in, and says who it is from.</summary>
/// <param name="directory">The managed keys; null where there are only those of the configuration.</param>
internal sealed class Doorkeeper(TimeProvider time, ClientKeyDirectory? directory = null)
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
        _ => AdmitKnownAsync(settings.Keys, KeyReader.Read(request), cancellationToken),
    };

    /// <summary>
    /// Whether all that calls is one client, so that no other's is in what a provider's account keeps. Managed keys
    /// come and go, and a key that has gone was another client.
    /// </summary>
    public bool HasOneClient(AdmissionSettings settings) => settings.Mode switch
    {
        AdmissionMode.Open => true,
        AdmissionMode.Keys => directory is null && settings.Keys.Count == 1,
        _ => false,
    };

    private static AdmissionResult AdmitLocal(HttpRequest request, CorsSettings cors) =>
        LocalCallers.Refusal(request, cors) is { } refusal ? new AdmissionResult(refusal) : Anyone;

    private ValueTask<AdmissionResult> AdmitKnownAsync(
        ClientKeys keys,
        ReadOnlySpan<char> presented,
        CancellationToken cancellationToken)
    {
        if (presented.IsEmpty)
        {
            return new(Refused);
        }

        KeyHash hash = KeyHash.Of(presented);
        if (keys.Find(hash) is { } configured)
        {
            return new(Judge(configured));
        }

        return directory is null ? new(Refused) : AskAsync(directory, hash, cancellationToken);
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
