using Azure.Core;

namespace Lightport.Azure.Blobs;

/// <summary>How the blob service is asked: what waits for it waits in a queue, and is tried again by that.</summary>
internal sealed class BlobOptions : ClientOptions
{
    public BlobOptions()
    {
        Retry.Mode = RetryMode.Exponential;
        Retry.MaxRetries = 2;
        Retry.Delay = TimeSpan.FromMilliseconds(200);
        Retry.MaxDelay = TimeSpan.FromSeconds(1);
        Retry.NetworkTimeout = TimeSpan.FromSeconds(10);
    }
}
