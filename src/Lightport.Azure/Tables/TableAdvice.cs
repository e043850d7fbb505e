using Azure;
using Azure.Data.Tables.Models;
using Azure.Identity;
using Lightport.Storage;

namespace Lightport.Azure.Tables;

/// <summary>Says why a table did not answer, and what to do; from status and code alone, never from a body.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes"/>
internal static class TableAdvice
{
    private const int LongestCode = 64;

    private const string Grant =
        "Give the identity the role Storage Table Data Contributor on the storage account; a new role takes minutes.";

    public static StoreException For(string table, Uri service, Exception e) => new(
        StoreFailure.Unavailable, $"The table {table} on {service.Host} cannot be used: {Reason(e)}");

    private static string Reason(Exception e) => e switch
    {
        AuthenticationFailedException =>
            "no identity to sign in with. Give the app a managed identity, or sign in (az login).",
        RequestFailedException { Status: > 0 } failure => $"{Reason(failure)} ({failure.Status}{Code(failure)})",
        RequestFailedException or AggregateException or OperationCanceledException or TimeoutException =>
            "it could not be reached, or did not answer in time. See that Tables:Uri (or Tables:ConnectionString) is "
            + "right, that the network leads there and that the storage account's firewall lets the app in.",
        _ => $"its answer cannot be understood ({e.GetType().Name}). See that Tables:Uri is a table service's address.",
    };

    private static string Reason(RequestFailedException e) => e switch
    {
        { Status: 401 } => "the identity is not of the storage account's tenant. Use one that is.",
        _ when e.Is(TableErrorCode.AuthorizationPermissionMismatch) => Grant,
        { Status: 403, ErrorCode: "AuthenticationFailed" } =>
            "the sign-in is refused. See that the account's key in Tables:ConnectionString is the present one, and "
            + "the clock right.",
        { Status: 403, ErrorCode: "KeyBasedAuthenticationNotPermitted" } =>
            "keys are turned off there. Set Tables:Uri in place of Tables:ConnectionString.",
        { Status: 403 } => $"refused. {Grant} See that the account's firewall lets the app in.",
        _ when e.Is(TableErrorCode.TableBeingDeleted) =>
            "it is being deleted, which takes Azure a minute or so. It will be made anew when it is asked again.",
        { Status: 404 } =>
            "there is no table service. See that Tables:Uri is https://<account>.table.core.windows.net/.",
        { Status: 429 or 503 } => "it is throttling or busy. It will be asked again shortly.",
        { Status: >= 500 } => "it failed. It will be asked again shortly.",
        _ => "it refuses what was sent. See that Tables:Uri is a table service's address.",
    };

    /// <summary>A code is a word of the vendor's; anything else may be a body in disguise.</summary>
    private static string Code(RequestFailedException e) =>
        e.ErrorCode is { Length: > 0 and <= LongestCode } code && code.All(char.IsAsciiLetterOrDigit) ? $" {code}" : "";
}
