using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>A client that does not read holds its provider up, and not the gateway's memory.</summary>
public sealed class BackPressureTests : IDisposable
{
    private const int Pieces = 64;

    private readonly TestGateway _gateway = new("models: { m: [openai/x], loose: [loose/x], claude: [anthropic/x] }");

    [Theory]
    [InlineData("m")]
    [InlineData("loose")]
    [InlineData("claude")]
    public async Task ClientThatReadsNothing_StopsTheReading_AndGetsAllLater(string model)
    {
        bool chat = model != "claude";
        string more = chat ? Wires.ChatMore : Wires.MessagesText.Split("\n\n")[1] + "\n\n";
        byte[] piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(more, 64 * 1024 / more.Length)));
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.ChatStream));
        body.Tell(chat ? Wires.ChatRole + Wires.ChatText : Wires.MessagesStart + Wires.MessagesText);
        await call.Body.Receives("Hello");
        await body.Hungry;

        call.Body.Stall();
        for (int i = 0; i < Pieces; i++)
        {
            body.Tell(piece);
        }

        body.Tell(chat ? Wires.ChatFinish + Wires.ChatDone : Wires.MessagesEnd).End();
        await call.Body.Stalled.Task;
        for (int i = 0; i < 10_000; i++)
        {
            // Whoever would read on has every chance to do so.
            await Task.Yield();
        }

        Assert.InRange(body.BytesRead, 1, 16L * piece.Length);

        call.Body.Flow();
        await call.Done;

        Assert.EndsWith(Wires.ChatDone, call.Text, StringComparison.Ordinal);
        Assert.Equal(
            Pieces * (64 * 1024 / more.Length),
            call.Text.Split(chat ? "\" there\"" : "\"Hello\"").Length - (chat ? 1 : 2));
    }

    public void Dispose() => _gateway.Dispose();
}
