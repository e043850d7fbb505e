using Lightport.Tests.Exchanges;
using Lightport.Transport;
using Lightport.Transport.Body;

namespace Lightport.Tests.Transport;

public sealed class SegmentedContentTests
{
    [Fact]
    public async Task Sending_ThatOutlastsTheRequest_KeepsItsMemoryFromOthers()
    {
        const int Length = 6 * 1024 * 1024;
        var budget = new BodyBudget(8 * 1024 * 1024);
        var body = new PooledBuffer(Length, budget);
        body.Advance(Length);
        using var content = new SegmentedContent(new BodySegments([body.Written]), SegmentedContent.Json, body);
        using var provider = new ClientBody();
        provider.Stall();
        Task sending = content.CopyToAsync(provider);
        await provider.Stalled.Task;

        body.Dispose();
        Assert.Throws<BodyBudgetException>(() => new PooledBuffer(Length, budget));

        provider.Flow();
        await sending;
        using var next = new PooledBuffer(Length, budget);
    }
}
