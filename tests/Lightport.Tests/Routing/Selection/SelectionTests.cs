using Lightport.Routing;
using Lightport.Routing.Selection;
using Lightport.Routing.State;
using Lightport.Tests.Exchanges;
using static Lightport.Tests.Routing.TestRoutes;

namespace Lightport.Tests.Routing.Selection;

public sealed class SelectionTests
{
    private const string Models = "models: { m: { targets: [groq/x, openai/y], retry: { attempts: 1 } } }";

    private readonly WatchingSelection _policy = new();

    [Fact]
    public async Task State_FromBeforeAReload_IsSeenAfterIt()
    {
        using var gateway = new TestGateway(Models);
        gateway.Upstream.Answer(ScriptedResponse.Error(503)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal("openai", gateway.Record.Provider);

        gateway.Reload(Models, _policy);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(("openai", 1), (gateway.Record.Provider, gateway.Record.Attempts));
        SelectionFacts asked = Assert.Single(_policy.Asked);
        Assert.Equal(("m", "m", false, false), (asked.Model, asked.Route.Name, asked.Stream, asked.BringsKey));
        Assert.Equal((Wires.Chat.Length + 3) / 4, asked.PromptTokens);
    }

    [Fact]
    public async Task StreamThatIsOpen_IsInFlightOverAReload_AndItsBreakCounts()
    {
        using var gateway = new TestGateway(Models);
        var body = new ScriptedBody();
        body.Tell(Wires.ChatRole + Wires.ChatText);
        gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall open = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        await body.Hungry;

        gateway.Reload(Models, _policy);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal("openai", gateway.Record.Provider);

        body.Break();
        await open.Done;
        TargetState groq = gateway.StateOf("groq", "x");
        Assert.Equal((0, 1), (groq.InFlight, groq.ConsecutiveFailures));
    }

    [Fact]
    public void Ordered_AllocatesNothing()
    {
        Route route = Route("m", "a/x", "b/y");
        var context = new SelectionContext(Asking(route), new TargetStates(TimeProvider.System), () => 0);
        Assert.Same(route.Targets, route.Selection.Order(route.Targets, context));

        long before = GC.GetAllocatedBytesForCurrentThread();
        route.Selection.Order(route.Targets, context);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void States_OfATargetThatIsKnown_AllocateNothing()
    {
        var states = new TargetStates(TimeProvider.System);
        Target target = Target("a/x");
        states.Of(target);

        long before = GC.GetAllocatedBytesForCurrentThread();
        states.Of(target);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
