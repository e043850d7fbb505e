using Azure;
using Azure.Identity;
using Lightport.Storage;

namespace Lightport.Azure.Blobs;

/// <summary>Says why a blob did not take what it was given, and what to do; never from a body.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes"/>
internal static class BlobAdvice
{
    private const string Grant =
        "Give the identity the role Storage Blob Data Contributor on the storage account; a new role takes minutes.";

    private const string Removed =
        "somebody has removed the blob, or its container, and with it the records that it held. A new one is made.";

    public static StoreException For(string container, Uri service, Exception e) => new(
        StoreFailure.Unavailable, $"The blobs of {container} on {service.Host} cannot be written: {Reason(e)}");

    /// <param name="status">Of the answer.</param>
    /// <param name="code">The service's own, a word; null for none.</param>
    public static StoreException For(string container, Uri service, int status, string? code) => new(
        IsRemoved(code) ? StoreFailure.Damaged : StoreFailure.Unavailable,
        $"The blobs of {container} on {service.Host} cannot be written: "
        + $"{(IsRemoved(code) ? Removed : Reason(status))} ({status} {code})");

    private static bool IsRemoved(string? code) => code is "BlobNotFound" or "ContainerNotFound";

    private static string Reason(Exception e) => e switch
    {
        AuthenticationFailedException =>
            "no identity to sign in with. Give the app a managed identity, or sign in (az login).",
        RequestFailedException or AggregateException or OperationCanceledException or TimeoutException =>
            "the account could not be reached, or did not answer in time. See that Blobs:Uri is right, that the "
            + "network leads there and that the account's firewall lets the app in.",
        _ => $"the answer cannot be understood ({e.GetType().Name}). See that Blobs:Uri is a blob service's address.",
    };

    private static string Reason(int status) => status switch
    {
        401 => "the identity is not of the storage account's tenant. Use one that is.",
        403 => $"refused. {Grant} See that the account's firewall lets the app in.",
        404 => "there is no blob service. See that Blobs:Uri is https://<account>.blob.core.windows.net/.",
        409 => "a blob of that name is there, and is no append blob, or is held.",
        412 => "the blob does not end where this process left it: somebody else writes to it, or has cut it.",
        429 or >= 500 => "the account is throttling or busy. It will be asked again shortly.",
        _ => "what was sent is refused. See that Blobs:Uri is a blob service's address.",
    };
}
