using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges.Stages;

/// <summary>One client's answer out of several sources, one after another.</summary>
public sealed class RoundTests
{
    private const string Models = """
        models:
          m: [openai/gpt-4o-mini]
          claude: [anthropic/claude-sonnet-4-5]
          two: [openai/gpt-4o-mini, groq/llama]
        """;

    [Theory]
    [InlineData("m", false)]
    [InlineData("m", true)]
    [InlineData("claude", false)]
    [InlineData("claude", true)]
    public async Task Chat_OfThreeRounds_IsOneAnswer(string model, bool streams)
    {
        using TestGateway gateway = With(new RoundStage(3));
        Answer(gateway, model, streams, 3);

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For(model, streams ? Wires.ChatStream : Wires.Chat));

        Assert.Equal(200, call.Status);
        Assert.Equal("Hello(between)Hello(between)Hello", streams ? Text(call.Text) : (string?)Message(call)["content"]);
        Assert.Equal(1, Count(call.Text, "\"stop\""));
        Assert.Equal(streams ? 1 : 0, Count(call.Text, "[DONE]"));
        Assert.Equal(3, gateway.Upstream.Seen.Count);
        Assert.Contains("Round 2.", gateway.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal(3, gateway.Record.Attempts);
        Assert.Empty(gateway.Record.Lost);
        Assert.Equal([12, 12, 12], gateway.Record.Tried.Select(attempt => attempt.Usage!.Total));
    }

    [Theory]
    [InlineData("m")]
    [InlineData("claude")]
    public async Task Messages_Streamed_CountItsBlocksOverAllRounds(string model)
    {
        using TestGateway gateway = With(new RoundStage(2));
        Answer(gateway, model, streams: true, 2);

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Messages, Wires.For(model, Wires.MessagesStream));

        Assert.Equal(1, Count(call.Text, "event: message_start"));
        Assert.Equal(1, Count(call.Text, "event: message_stop"));
        for (int block = 0; block < 3; block++)
        {
            Assert.Equal(1, Count(call.Text, $$"""{"type":"content_block_start","index":{{block}},"""));
            Assert.Equal(1, Count(call.Text, $$"""{"type":"content_block_stop","index":{{block}}}"""));
        }
    }

    [Fact]
    public async Task NextRound_AsksFirstWhoHasAnswered()
    {
        using TestGateway gateway = With(new RoundStage(2));
        gateway.Upstream.AnswerAt("openai", ScriptedResponse.Error(500));
        gateway.Upstream.AnswerAt("groq", ScriptedResponse.Json(Wires.ChatAnswer));
        gateway.Upstream.AnswerAt("groq", ScriptedResponse.Json(Wires.ChatAnswer));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("two", Wires.Chat));

        Assert.Equal(["openai", "groq", "groq"], gateway.Upstream.Seen.Select(seen => seen.Pool));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NextRound_GoesToAnotherWhereTheFirstFails(bool streams)
    {
        using TestGateway gateway = With(new RoundStage(2));
        Answer(gateway, "m", streams, 1);
        gateway.Upstream.Answer(ScriptedResponse.Error(500));
        Answer(gateway, "m", streams, 1);

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("two", streams ? Wires.ChatStream : Wires.Chat));

        Assert.Equal("Hello(between)Hello", streams ? Text(call.Text) : (string?)Message(call)["content"]);
        Assert.Equal(["openai", "openai", "groq"], gateway.Upstream.Seen.Select(seen => seen.Pool));
    }

    [Fact]
    public async Task NextRound_ThatFailsBeforeAnythingWasSent_IsAnErrorWithItsStatus()
    {
        using TestGateway gateway = With(new RoundStage(2));
        Answer(gateway, "m", streams: false, 1);
        gateway.Upstream.Answer(ScriptedResponse.Error(400, "too_long"));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal((400, "too_long"), (call.Status, call.Error("code")));
        Assert.DoesNotContain("Hello", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NextRound_ThatFailsInAStream_EndsItInTheErrorOfItsDialect(bool isMessages)
    {
        using TestGateway gateway = With(new RoundStage(2));
        Answer(gateway, "m", streams: true, 1);
        gateway.Upstream.Answer(ScriptedResponse.Error(400, "too_long"));

        ClientCall call = await gateway.SendAsync(
            isMessages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions,
            isMessages ? Wires.MessagesStream : Wires.ChatStream);

        Assert.Contains("(between)", call.Text, StringComparison.Ordinal);
        Assert.Contains(isMessages ? "event: error" : "\"code\":\"too_long\"", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", call.Text, StringComparison.Ordinal);
        Assert.True(call.Lifetime.BrokenOff);
        Assert.Equal("too_long", gateway.Record.Error!.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_ThatGoesBetweenTwoRounds_EndsWhatIsDoneThere(bool streams)
    {
        var begun = new TaskCompletionSource<CancellationToken>();
        using TestGateway gateway = With(new RoundStage(2)
        {
            Between = async token =>
            {
                begun.SetResult(token);
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            },
        });
        Answer(gateway, "m", streams, 1);
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, streams ? Wires.ChatStream : Wires.Chat);
        CancellationToken token = await begun.Task;

        call.Abort();
        await call.Done;

        Assert.True(token.IsCancellationRequested);
        Assert.True(gateway.Record.Canceled);
        Assert.Single(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Stream_IsKeptAliveBetweenTwoRounds()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using TestGateway gateway = With(new RoundStage(2)
        {
            Between = _ =>
            {
                begun.TrySetResult();
                return go.Task;
            },
        });
        Answer(gateway, "m", streams: true, 2);
        ClientCall call = gateway.Start(GatewayEndpoints.ChatCompletions, Wires.ChatStream);
        await begun.Task;

        Task alive = call.Body.Receives(": ");
        gateway.Clock.Advance(TimeSpan.FromSeconds(20));
        await alive;
        go.SetResult();
        await call.Done;

        Assert.EndsWith("data: [DONE]\n\n", call.Text, StringComparison.Ordinal);
    }

    private static TestGateway With(IStage stage) =>
        new(Models, configure: services => services.AddSingleton(stage));

    private static void Answer(TestGateway gateway, string model, bool streams, int times)
    {
        for (int i = 0; i < times; i++)
        {
            gateway.Upstream.Answer((model, streams) switch
            {
                ("claude", true) => ScriptedResponse.Events(Wires.MessagesEvents),
                ("claude", false) => ScriptedResponse.Json(Wires.MessagesAnswer),
                (_, true) => ScriptedResponse.Events(Wires.ChatEvents),
                _ => ScriptedResponse.Json(Wires.ChatAnswer),
            });
        }
    }

    private static System.Text.Json.Nodes.JsonNode Message(ClientCall call) => call.Json["choices"]![0]!["message"]!;

    /// <summary>The text of a chat's stream.</summary>
    private static string Text(string stream) => string.Concat(
        stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(frame => frame.StartsWith("data: {", StringComparison.Ordinal))
            .Select(frame => System.Text.Json.Nodes.JsonNode.Parse(frame[6..])!["choices"]!.AsArray())
            .Where(choices => choices.Count > 0)
            .Select(choices => (string?)choices[0]!["delta"]?["content"]));

    private static int Count(string text, string word) => text.Split(word).Length - 1;
}
