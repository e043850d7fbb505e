using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class StreamFallbackTests : IDisposable
{
    private readonly TestGateway _gateway = ExampleGateway.Open("stream-fallback");

    [Fact]
    public async Task StreamThatDiesBeforeItsFirstToken_IsWholeFromTheOtherProvider()
    {
        var dying = new ScriptedBody();
        dying.Tell(Wires.MessagesStart);
        dying.Break();
        _gateway.Upstream
            .Answer(ScriptedResponse.Events(dying))
            .Answer(ScriptedResponse.Events(Wires.ChatEvents));

        ClientCall call = await _gateway.AskAsync(request: Wires.ChatStream);

        Assert.Equal(["api.anthropic.com", "api.openai.com"], _gateway.Upstream.Seen.Select(seen => seen.Address.Host));
        Assert.Equal((200, "openai", "2"),
            (call.Status, call.Header("x-lightport-provider"), call.Header("x-lightport-attempts")));
        Assert.Equal(1, call.Text.Split("\"content\":\"Hello\"").Length - 1);
        Assert.EndsWith(Wires.ChatDone, call.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
