namespace Lightport.Tests.Exchanges;

/// <summary>A stream that broke must not look whole, also to a client that reads over its error event.</summary>
public sealed class BrokenStreamTests
{
    private const string Models = "models: { m: [openai/x], claude: [anthropic/x] }";

    [Theory]
    [InlineData("m", Wires.ChatRole + Wires.ChatText + Wires.ChatError)]
    [InlineData("m", Wires.ChatRole + Wires.ChatText)]
    [InlineData("claude", Wires.MessagesStart + Wires.MessagesText + Wires.MessagesError)]
    public async Task Error_IsToldThenTheConnectionIsBrokenOff(string model, string events)
    {
        using var gateway = new TestGateway(Models);
        foreach (bool messages in (bool[])[false, true])
        {
            gateway.Upstream.Answer(ScriptedResponse.Events(events));
            ClientCall call = messages
                ? await gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream))
                : await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.ChatStream));

            Assert.Contains("\"error\":{", call.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("[DONE]", call.Text, StringComparison.Ordinal);
            Assert.True(call.Lifetime.BrokenOff);
        }
    }

    /// <summary>A connection that is cut at once loses what was written last.</summary>
    [Fact]
    public async Task Error_HasTimeToArrive()
    {
        using var gateway = new TestGateway(Models, limits: GatewayHostLimits.None);
        gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatText + Wires.ChatError));
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        await gateway.Clock.WaitingFor(GatewayHostLimits.None.Delivery);
        Assert.Contains("Told by the provider.", call.Text, StringComparison.Ordinal);
        Assert.False(call.Lifetime.BrokenOff);
        Assert.NotNull(gateway.Record.Error);

        gateway.Clock.Advance(GatewayHostLimits.None.Delivery);
        await call.Done;

        Assert.True(call.Lifetime.BrokenOff);
    }

    [Fact]
    public async Task ErrorWithAStatusOfItsOwn_EndsWell()
    {
        using var gateway = new TestGateway(Models);
        gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatRole + Wires.ChatError));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.Equal(502, call.Status);
        Assert.False(call.Lifetime.BrokenOff);
    }

    [Fact]
    public async Task WholeStream_EndsWell()
    {
        using var gateway = new TestGateway(Models);
        gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.EndsWith(Wires.ChatDone, call.Text, StringComparison.Ordinal);
        Assert.False(call.Lifetime.BrokenOff);
    }
}
