using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Transport;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>
/// Lets in whoever shows the admin key in a header, and nobody else: client keys open no door here.
/// </summary>
internal sealed class AdminKeeper(ISecretSource secrets)
{
    /// <summary>The secret's name; in a vault <c>lightport-admin-key</c>.</summary>
    public const string KeySetting = "LIGHTPORT_ADMIN_KEY";

    /// <summary>Shorter ones can be guessed.</summary>
    public const int ShortestKey = 16;

    /// <exception cref="GatewayException">
    /// A 401 as at every door; a 503 where there is no admin key, or it cannot be had just now.
    /// </exception>
    public async ValueTask AdmitAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string presented = KeyReader.ReadHeaders(request).ToString();
        string key = await KeyAsync(cancellationToken).ConfigureAwait(false);
        if (presented.Length == 0 || KeyHash.Of(presented) != KeyHash.Of(key))
        {
            throw new GatewayException(Doorkeeper.InvalidKey);
        }
    }

    private async ValueTask<string> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? key = await secrets.GetAsync(KeySetting, cancellationToken).ConfigureAwait(false);
            return key?.Length >= ShortestKey ? key : throw new GatewayException(Error(
                "management_not_configured",
                $"Management is off. Set {KeySetting}, or the vault's secret lightport-admin-key, to a random text of "
                + $"at least {ShortestKey} characters."));
        }
        catch (SecretUnavailableException e)
        {
            throw new GatewayException(
                Error("secret_unavailable", "The admin key cannot be had at the moment. Try again shortly."), e);
        }
    }

    private static GatewayError Error(string code, string message) =>
        new(ErrorStage.Admission, ErrorKind.Overloaded, StatusCodes.Status503ServiceUnavailable, message)
        {
            Code = code,
        };
}
