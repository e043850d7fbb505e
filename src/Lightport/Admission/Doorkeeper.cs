using Lightport.Conversation;
using Microsoft.AspNetCore.Http;

namespace Lightport.Admission;

/// <summary>Lets a request in, and says who it is from.</summary>
public sealed class Doorkeeper(TimeProvider time)
{
    /// <summary>
    /// One answer to a wrong key, a disabled one, an expired one and none at all, so that it cannot be told which a key
    /// is. A value of its own, because the text must be the same to the byte.
    /// </summary>
    private static readonly AdmissionResult Refused = new(new GatewayError(
        ErrorStage.Admission,
        ErrorKind.Authentication,
        401,
        "No valid API key was provided. Send it as 'Authorization: Bearer <key>'; x-api-key, x-goog-api-key and "
        + "api-key are taken too.")
    {
        Code = "invalid_api_key",
    });

    private static readonly AdmissionResult Anyone = new(Caller.Anonymous);

    /// <returns>The caller, or a 401 <c>invalid_api_key</c>.</returns>
    public AdmissionResult Admit(AdmissionSettings settings, HttpRequest request) => settings.Mode switch
    {
        AdmissionMode.Open => Anyone,
        AdmissionMode.BringYourOwn => AdmitOwn(KeyReader.Read(request)),
        _ => AdmitKnown(settings.Keys, KeyReader.Read(request)),
    };

    private AdmissionResult AdmitKnown(ClientKeys keys, ReadOnlySpan<char> presented)
    {
        ClientKey? key = presented.IsEmpty ? null : keys.Find(presented);
        return key is null || key.Disabled || key.Expires <= time.GetUtcNow()
            ? Refused
            : new AdmissionResult(key.Caller);
    }

    private static AdmissionResult AdmitOwn(ReadOnlySpan<char> presented)
    {
        if (presented.IsEmpty)
        {
            return Refused;
        }

        Span<byte> hash = stackalloc byte[KeyHash.Bytes];
        KeyHash.Compute(presented, hash);
        return new AdmissionResult(new Caller("own-key", KeyHash.Id(hash)) { PresentedKey = presented.ToString() });
    }
}
