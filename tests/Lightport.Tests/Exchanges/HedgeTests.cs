using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>A second target beside a first that is slow: one answer, of the first to have content.</summary>
public sealed class HedgeTests : IDisposable
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(2);

    private readonly TestGateway _gateway = new("""
        models:
          m: { targets: [openai/x, groq/y], hedge: { after: 2s } }
          c: { targets: [anthropic/x, anthropic/y], hedge: { after: 2s } }
          few: { targets: [openai/x, groq/y], hedge: { after: 2s, max: 1% } }
          alone: { targets: [openai/x], hedge: { after: 2s } }
        """);

    [Fact]
    public async Task FirstIsQuick_NoSecondIsAsked()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));

        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.Equal((200, "1"), (call.Status, call.Header("x-lightport-attempts")));
    }

    [Theory]
    [InlineData("ChatCompletions", "m")]
    [InlineData("Messages", "m")]
    [InlineData("ChatCompletions", "c")]
    public async Task SecondHasContentFirst_ItsAnswerIsTheClientsAndTheFirstIsEnded(string door, string model)
    {
        var slow = new ScriptedBody();
        string events = model == "c" ? Wires.MessagesEvents : Wires.ChatEvents;
        slow.Tell(model == "c" ? Wires.MessagesStart : Wires.ChatRole);
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow)).Answer(ScriptedResponse.Events(events));
        ClientCall call = Start(door, model);

        await HedgeAsync();
        await call.Done;

        Assert.Equal(200, call.Status);
        Assert.Equal(model == "c" ? "anthropic" : "groq", call.Header("x-lightport-provider"));
        Assert.Equal("y", call.Header("x-lightport-model"));
        Assert.Equal("2", call.Header("x-lightport-attempts"));
        Check(door, call);
        Assert.True(slow.Disposed);
        Assert.True(_gateway.Upstream.Seen[0].Token.IsCancellationRequested);
        AssertSettled(model);
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    public async Task FirstHasContentAfterAll_TheSecondIsEndedAndItsUsageIsLost(string door)
    {
        var slow = new ScriptedBody();
        var second = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow)).Answer(ScriptedResponse.Events(second));
        ClientCall call = Start(door, "m");
        await HedgeAsync();
        second.Tell(Wires.ChatRole);
        await second.Hungry;

        slow.Tell(Wires.ChatEvents).End();
        await call.Done;

        Assert.Equal("openai", call.Header("x-lightport-provider"));
        Assert.Equal("2", call.Header("x-lightport-attempts"));
        Check(door, call);
        Assert.Equal("openai", _gateway.Record.Provider);
        Assert.Equal("groq", Assert.Single(_gateway.Record.Lost).Provider);
        AssertSettled("m");
    }

    [Fact]
    public async Task OneFails_TheOtherGoesOn()
    {
        var slow = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow)).Answer(ScriptedResponse.Error(500));
        ClientCall call = Start("ChatCompletions", "m");
        await HedgeAsync();

        slow.Tell(Wires.ChatEvents).End();
        await call.Done;

        Assert.Equal((200, "openai"), (call.Status, call.Header("x-lightport-provider")));
    }

    [Fact]
    public async Task BothFail_TheClientIsToldOfBoth()
    {
        var slow = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow)).Answer(ScriptedResponse.Error(500));
        ClientCall call = Start("ChatCompletions", "m");
        await HedgeAsync();

        slow.Break();
        await call.Done;

        // Of whichever failed last.
        Assert.True(call.Status is 500 or 502, $"The status is {call.Status}.");
        Assert.Equal(2, call.Json["error"]!["attempts"]!.AsArray().Count);
    }

    [Fact]
    public async Task WholeAnswers_TheSecondIsTold()
    {
        _gateway.Upstream.Hang().Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        await HedgeAsync();
        await call.Done;

        Assert.Equal(Wires.ChatAnswer, call.Text);
        Assert.Equal("groq", _gateway.Record.Provider);
        AssertSettled("m");
    }

    [Fact]
    public async Task ClientGoes_BothAreEnded()
    {
        _gateway.Upstream.Hang().Hang();
        ClientCall call = Start("ChatCompletions", "m");
        await HedgeAsync();

        call.Abort();
        await call.Done;

        Assert.All(_gateway.Upstream.Seen, seen => Assert.True(seen.Token.IsCancellationRequested));
        AssertSettled("m");
    }

    [Fact]
    public async Task NoOtherTarget_TheOneIsWaitedFor()
    {
        var slow = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow));
        ClientCall call = Start("ChatCompletions", "alone");
        await _gateway.Clock.WaitingFor(After);
        _gateway.Clock.Advance(After);

        slow.Tell(Wires.ChatEvents).End();
        await call.Done;

        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task MostAreHedged_TheNextOneWaits()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(new ScriptedBody()))
            .Answer(ScriptedResponse.Events(Wires.ChatEvents));
        ClientCall hedged = Start("ChatCompletions", "few");
        await HedgeAsync();
        await hedged.Done;
        _gateway.Upstream.Forget();
        var slow = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(slow));
        ClientCall call = Start("ChatCompletions", "few");
        await _gateway.Clock.WaitingFor(After);
        _gateway.Clock.Advance(After);

        slow.Tell(Wires.ChatEvents).End();
        await call.Done;

        Assert.Single(_gateway.Upstream.Seen);
    }

    /// <summary>Whichever comes first, one whole answer comes out, and nothing is left behind.</summary>
    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    public async Task BothAnswerAtOnce_OneAnswerComesOut(string door)
    {
        for (int round = 0; round < 60; round++)
        {
            var first = new ScriptedBody();
            var second = new ScriptedBody();
            _gateway.Upstream.Answer(ScriptedResponse.Events(first)).Answer(ScriptedResponse.Events(second));
            ClientCall call = Start(door, "m");
            await HedgeAsync(round);
            Parallel.Invoke(
                () => first.Tell(Wires.ChatEvents).End(), () => second.Tell(Wires.ChatEvents).End());
            await call.Done;

            Assert.Equal(200, call.Status);
            Check(door, call);
            AssertSettled("m");
        }
    }

    public void Dispose() => _gateway.Dispose();

    private ClientCall Start(string door, string model) => door == "Messages"
        ? _gateway.Start(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream))
        : _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For(model, Wires.ChatStream));

    /// <summary>The first is slow; ends when the second has been asked.</summary>
    private async Task HedgeAsync(int rounds = 0)
    {
        await _gateway.Upstream.CallAsync();
        await _gateway.Clock.WaitingFor(After);
        _gateway.Clock.Advance(After);
        await _gateway.Upstream.CallAsync();
        Assert.Equal(2 * (rounds + 1), _gateway.Upstream.Seen.Count);
    }

    private void AssertSettled(string model)
    {
        (string first, string second) = model == "c" ? ("anthropic", "anthropic") : ("openai", "groq");
        Assert.Equal(
            (0, 0), (_gateway.StateOf(first, "x").InFlight, _gateway.StateOf(second, "y").InFlight));
    }

    private static void Check(string door, ClientCall call)
    {
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(call.Text, "Hello"));
        if (door == "Messages")
        {
            MessagesStreamLaws.Check(call.Text);
        }
        else
        {
            ChatStreamLaws.Check(call.Text, includeUsage: false);
        }
    }
}
