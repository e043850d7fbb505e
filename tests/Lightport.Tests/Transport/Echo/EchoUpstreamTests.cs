using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Providers.Echo;

namespace Lightport.Tests.Providers.Echo;

public sealed class EchoUpstreamTests
{
    [Fact]
    public async Task Send_OfMoreThanItMakesObjectsOf_Is413()
    {
        using UpstreamResponse answer = await new EchoUpstream().SendAsync(
            new UpstreamRequest(
                "echo",
                new Uri("echo://echo/chat/completions"),
                [],
                new BodySegments([new byte[8 * 1024 * 1024], new byte[1]]),
                TimeSpan.FromSeconds(1)),
            CancellationToken.None);

        Assert.Equal(413, answer.Status);
    }
}
