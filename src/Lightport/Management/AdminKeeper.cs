using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Transport;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>
/// Lets in whoever shows the admin key in a header, or a token of somebody whose groups have the role that a door
/// takes, and nobody else: client keys open no door here.
/// </summary>
internal sealed class AdminKeeper(
    ISecretSource secrets, IGatewayConfigurationSource configuration, IdentityKeeper identities)
{
    /// <summary>The secret's name; in a vault <c>lightport-admin-key</c>.</summary>
    public const string KeySetting = "LIGHTPORT_ADMIN_KEY";

    /// <summary>Shorter ones can be guessed.</summary>
    public const int ShortestKey = 16;

    /// <returns>Who it is; whether they may do what they want is <see cref="Check"/>'s to say.</returns>
    /// <exception cref="GatewayException">
    /// A 401 as at every door; a 503 where there is no admin key, or it or an issuer's keys cannot be had just now.
    /// </exception>
    public async ValueTask<Admin> AdmitAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        string presented = KeyReader.ReadHeaders(request).ToString();

        // Until a configuration could be read the key is taken: somebody must be able to mend it.
        AdmissionSettings? admission = configuration.InForce?.Admission;
        if (admission?.Identity is { } issuers && TokenParts.IsShapedAsOne(presented))
        {
            return await IdentifyAsync(issuers, presented, cancellationToken).ConfigureAwait(false);
        }

        if (admission?.TakesAdminKey == false)
        {
            throw new GatewayException(Doorkeeper.InvalidKey);
        }

        string key = await KeyAsync(cancellationToken).ConfigureAwait(false);
        return presented.Length > 0 && KeyHash.Of(presented) == KeyHash.Of(key)
            ? Admin.OfTheKey
            : throw new GatewayException(Doorkeeper.InvalidKey);
    }

    /// <param name="needed">The role that the door takes.</param>
    /// <exception cref="GatewayException">A 403: they are known, and have not the role.</exception>
    public static void Check(Admin admin, AdminRoles needed)
    {
        if (!admin.Roles.HasFlag(needed))
        {
            throw new GatewayException(Missing(needed));
        }
    }

    private async ValueTask<Admin> IdentifyAsync(
        IdentitySettings issuers, string token, CancellationToken cancellationToken)
    {
        IdentityResult result = await identities
            .IdentifyAsync(issuers, token, KeyHash.Of(token), cancellationToken)
            .ConfigureAwait(false);
        return result.Identity is { } identity
            ? new Admin(identity.Name, identity.Roles)
            : throw new GatewayException(result.Unknowable ? Doorkeeper.IssuerAway : Doorkeeper.InvalidKey);
    }

    private static GatewayError Missing(AdminRoles role) => new(
        ErrorStage.Admission,
        ErrorKind.Permission,
        StatusCodes.Status403Forbidden,
        $"This takes the role '{role.ToString().ToLowerInvariant()}', which none of your groups has. Whoever "
        + "configures the gateway gives it to one of them under 'admins' of your issuer.")
    {
        Code = "role_missing",
    };

    private async ValueTask<string> KeyAsync(CancellationToken cancellationToken)
    {
        try
        {
            string? key = await secrets.GetAsync(KeySetting, cancellationToken).ConfigureAwait(false);
            return key?.Length >= ShortestKey ? key : throw new GatewayException(Error(
                "management_not_configured",
                $"Management is off at this gateway. Where it starts, set {KeySetting}, or the vault's secret "
                + $"lightport-admin-key, to a random text of at least {ShortestKey} characters."));
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
