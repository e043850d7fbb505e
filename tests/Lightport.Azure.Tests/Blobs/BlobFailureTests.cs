using Lightport.Azure.Blobs;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Blobs;

public sealed class BlobFailureTests
{
    [Fact]
    public async Task AccountThatCannotBeReached_SaysWhatToLookAt()
    {
        var options = new BlobOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        var blobs = new AppendBlobs(new Uri("https://127.0.0.1:1/account"), new StorageTokens(), options);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await blobs.CreateAsync("records", "audit-1.jsonl", default));

        Assert.Contains("See that Blobs:Uri is right", e.Message, StringComparison.Ordinal);
    }
}
