using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Examples;

public sealed class SelfHostedFirstTests : IDisposable
{
    private const int AtOnce = 8;

    private readonly TestGateway _gateway = ExampleGateway.Open("self-hosted-first");

    [Fact]
    public async Task House_WhileEightAnswersAreUnderWay_LeavesTheNextToTheCloud()
    {
        var bodies = new ScriptedBody[AtOnce];
        var open = new ClientCall[AtOnce];
        for (int i = 0; i < AtOnce; i++)
        {
            bodies[i] = new ScriptedBody();
            bodies[i].Tell(Wires.ChatRole + Wires.ChatText);
            _gateway.Upstream.Answer(ScriptedResponse.Events(bodies[i]));
            open[i] = _gateway.Start(
                GatewayEndpoints.ChatCompletions, Wires.For("assistant", Wires.ChatStream));
            await bodies[i].Hungry;
        }

        Assert.Equal("openai", await ProviderAsync());
        Assert.Equal("overflow", _gateway.Record.Tag);

        bodies[0].Tell(Wires.ChatFinish + Wires.ChatDone);
        bodies[0].End();
        await open[0].Done;
        Assert.Equal("house", await ProviderAsync());

        foreach ((ScriptedBody body, ClientCall call) in bodies.Zip(open).Skip(1))
        {
            body.End();
            await call.Done;
        }
    }

    [Fact]
    public async Task House_ThatIsDown_IsAnsweredForByTheCloud()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(500));

        Assert.Equal("openai", await ProviderAsync());
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<string?> ProviderAsync() =>
        (await _gateway.Answers().AskAsync()).Header("x-lightport-provider");
}
