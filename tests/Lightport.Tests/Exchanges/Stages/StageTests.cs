using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Exchanges.Stages;
using Lightport.Tests.Dialects;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges.Stages;

/// <summary>Stages around transport: each may refuse, change the conversation, answer, look, or change the answer.</summary>
public sealed class StageTests
{
    private const string Models = "models: { m: [openai/gpt-4o-mini], claude: [anthropic/claude-sonnet-4-5] }";

    private static readonly string ChatEvents =
        Wires.ChatRole + Wires.ChatText + Wires.ChatMore + Wires.ChatFinish + Wires.ChatUsage + Wires.ChatDone;

    [Fact]
    public async Task Refusal_ReachesTheClientAndNoProvider()
    {
        using TestGateway gateway = With(new TestStage
        {
            Request = _ => throw GatewayException.BadRequest("No such words here.", "messages", "guarded"),
        });

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.Equal((400, "guarded"), (call.Status, call.Error("code")));
        Assert.Empty(gateway.Upstream.Seen);
        Assert.Equal(0, gateway.Record.Attempts);
    }

    [Theory]
    [InlineData(Wires.Chat, "m", "openai")]
    [InlineData(Wires.Chat, "claude", "anthropic")]
    public async Task ChangedConversation_IsWhatTheProviderGets(string request, string model, string provider)
    {
        using TestGateway gateway = With(new TestStage
        {
            Request = context =>
            {
                var chat = (ChatRequest)context.Conversation;
                Message added = new(Role.User, [new TextPart("And be brief.")]);
                context.Conversation = chat with { Messages = [.. chat.Messages, added] };
                return null;
            },
        });
        gateway.Upstream.Answer(
            ScriptedResponse.Json(provider == "openai" ? Wires.ChatAnswer : Wires.MessagesAnswer));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For(model, request));

        Assert.Contains("And be brief.", gateway.Upstream.Seen[0].Body, StringComparison.Ordinal);
        Assert.Equal("Hello", (string?)call.Json["choices"]![0]!["message"]!["content"]);
    }

    [Theory]
    [InlineData(Wires.Chat, false)]
    [InlineData(Wires.ChatStream, false)]
    [InlineData(Wires.Messages, true)]
    [InlineData(Wires.MessagesStream, true)]
    public async Task StageThatAnswers_IsToldInTheClientsDialect(string request, bool isMessages)
    {
        using TestGateway gateway = With(new TestStage
        {
            Request = _ =>
            [
                new StreamEvent.ResponseStart("kept", "m", 1),
                .. ToldParts.Text(0, "From the cache."),
                new StreamEvent.UsageKnown(new TokenUsage { Input = 1, Output = 4 }),
                new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
            ],
        });

        ClientCall call = await gateway.SendAsync(
            isMessages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions, request);

        Assert.Equal(200, call.Status);
        Assert.Contains("From the cache.", call.Text, StringComparison.Ordinal);
        Assert.Contains(isMessages ? "end_turn" : "\"stop\"", call.Text, StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData(Wires.ChatStream)]
    [InlineData(Wires.Chat)]
    public async Task StageThatLooks_SeesTheEventsWhileTheBytesPassUntouched(string request)
    {
        var stage = new TestStage { Interest = AnswerInterest.Looks };
        using TestGateway gateway = With(stage);
        string answer = request == Wires.Chat ? Wires.ChatAnswer : ChatEvents;
        gateway.Upstream.Answer(
            request == Wires.Chat ? ScriptedResponse.Json(answer) : ScriptedResponse.Events(answer));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            request.Replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}", StringComparison.Ordinal));

        Assert.Equal(answer, call.Text);
        Assert.Equal(request == Wires.Chat ? "Hello" : "Hello there", stage.SeenText);
        Assert.Contains(stage.Seen, seen => seen is StreamEvent.UsageKnown);
        Assert.Equal(1, stage.Completed);
    }

    [Theory]
    [InlineData(Wires.ChatStream)]
    [InlineData(Wires.Chat)]
    public async Task StageThatChanges_IsHeardByTheClientThoughBothSpeakOneDialect(string request)
    {
        var stage = new TestStage
        {
            Interest = AnswerInterest.Changes,
            Change = told => told is StreamEvent.TextDelta text ? text with { Text = text.Text.ToUpperInvariant() } : told,
        };
        using TestGateway gateway = With(stage);
        gateway.Upstream.Answer(
            request == Wires.Chat ? ScriptedResponse.Json(Wires.ChatAnswer) : ScriptedResponse.Events(ChatEvents));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, request);

        Assert.Contains("HELLO", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", call.Text, StringComparison.Ordinal);
        Assert.Equal(1, stage.Completed);
        Assert.Equal(12, gateway.Record.Usage!.Total);
    }

    [Theory]
    [InlineData(AnswerInterest.Looks)]
    [InlineData(AnswerInterest.Changes)]
    public async Task StageThatRefusesInTheMiddle_EndsTheStreamInItsError(AnswerInterest interest)
    {
        var stage = new TestStage
        {
            Interest = interest,
            Change = told => told is StreamEvent.TextDelta { Text: " there" }
                ? throw GatewayException.BadRequest("No more of this.", code: "guarded")
                : told,
        };
        using TestGateway gateway = With(stage);
        gateway.Upstream.Answer(ScriptedResponse.Events(ChatEvents));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Equal(interest == AnswerInterest.Changes, !call.Text.Contains(" there", StringComparison.Ordinal));
        Assert.Contains("\"code\":\"guarded\"", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", call.Text, StringComparison.Ordinal);
        Assert.True(call.Lifetime.BrokenOff);
        Assert.Equal("guarded", gateway.Record.Error!.Code);
        Assert.NotNull(gateway.Record.Usage);
    }

    [Fact]
    public async Task KeyWithModels_IsHeldToThemAlsoWhereAStageHasTheConversationSentOn()
    {
        using var gateway = new TestGateway(
            $$"""
            models: { m: [anthropic/claude-sonnet-4-5] }
            keys: [{ name: bound, sha256: "{{KeyHash.Of("bound-key-0123456789")}}", models: [m] }]
            """,
            configure: services => services.AddSingleton<IStage>(new TestStage { Interest = AnswerInterest.Changes }));
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Messages,
            Wires.Messages[..^1] + ",\"tools\":[{\"type\":\"advisor_20260301\",\"name\":\"advisor\",\"model\":\"large\"}]}",
            new Dictionary<string, string> { ["Authorization"] = "Bearer bound-key-0123456789" });

        Assert.Equal(403, call.Status);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Stages_RunInTheOrderOfTheJourney()
    {
        var order = new List<StageStep>();
        StageStep[] steps = [StageStep.Cache, StageStep.Guards, StageStep.Context, StageStep.Limits];
        using TestGateway gateway = With(
        [
            .. steps.Select(step => new TestStage
            {
                Step = step,
                Request = _ =>
                {
                    order.Add(step);
                    return null;
                },
            }),
        ]);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal([StageStep.Limits, StageStep.Guards, StageStep.Context, StageStep.Cache], order);
    }

    [Fact]
    public async Task RouteThatWantsNoStage_PassesItsBytes()
    {
        var stage = new TestStage
        {
            Interest = AnswerInterest.Changes,
            Wanted = route => route.Name != "m",
            Request = _ => throw new InvalidOperationException("Nobody wanted this."),
        };
        using TestGateway gateway = With(stage);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(Wires.ChatAnswer, call.Text);
        Assert.Empty(stage.Seen);
    }

    [Fact]
    public async Task FailedSource_IsForgottenByTheAnswerThatGoesOnFromAnother()
    {
        var stage = new TestStage { Interest = AnswerInterest.Looks };
        using var gateway = new TestGateway(
            "models: { m: [anthropic/claude-sonnet-4-5, openai/gpt-4o-mini] }",
            configure: services => services.AddSingleton<IStage>(stage));
        gateway.Upstream.Answer(ScriptedResponse.Events(
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_lost\",\"model\":\"c\",\"usage\":{\"input_tokens\":7}}}\n\n"
            + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Broken\"}}\n\n"));
        gateway.Upstream.Answer(ScriptedResponse.Events(ChatEvents));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.ChatStream);

        Assert.DoesNotContain("msg_lost", call.Text, StringComparison.Ordinal);
        Assert.Contains("chatcmpl-1", call.Text, StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", call.Text, StringComparison.Ordinal);
        Assert.Equal(7, Assert.Single(gateway.Record.Lost).Usage.Input);
    }

    private static TestGateway With(params TestStage[] stages) => new(
        Models,
        configure: services =>
        {
            foreach (TestStage stage in stages)
            {
                services.AddSingleton<IStage>(stage);
            }
        });
}
