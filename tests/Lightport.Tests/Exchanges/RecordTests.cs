using Lightport.Conversation;
using Lightport.Usage;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Exchanges;

/// <summary>One log line and one usage record a request: right numbers, no content.</summary>
public sealed class RecordTests : IDisposable
{
    private readonly TestGateway _gateway = new("models: { gpt: [openai/x], loose: [loose/x], claude: [anthropic/y] }");

    [Theory]
    [InlineData("ChatCompletions", "gpt", false)]
    [InlineData("ChatCompletions", "gpt", true)]
    [InlineData("ChatCompletions", "loose", false)]
    [InlineData("ChatCompletions", "loose", true)]
    [InlineData("ChatCompletions", "claude", false)]
    [InlineData("ChatCompletions", "claude", true)]
    [InlineData("Messages", "gpt", false)]
    [InlineData("Messages", "gpt", true)]
    [InlineData("Messages", "claude", false)]
    [InlineData("Messages", "claude", true)]
    public async Task Answer_IsRecorded(string door, string model, bool stream)
    {
        bool messages = door == "Messages";
        _gateway.Upstream.Answer((model, stream) switch
        {
            ("claude", true) => ScriptedResponse.Events(Wires.MessagesEvents),
            ("claude", false) => ScriptedResponse.Json(Wires.MessagesAnswer),
            (_, true) => ScriptedResponse.Events(Wires.ChatEvents),
            _ => ScriptedResponse.Json(Wires.ChatAnswer),
        });
        string request = (messages, stream) switch
        {
            (true, true) => Wires.MessagesStream,
            (true, false) => Wires.Messages,
            (false, true) => Wires.ChatStream,
            _ => Wires.Chat,
        };
        await _gateway.SendAsync(
            messages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions,
            Wires.For(model, request));

        UsageRecord record = Assert.Single(_gateway.Usage.Records);
        Assert.Equal(9, record.Usage!.Prompt);
        Assert.Equal(3, record.Usage.Completion);
        Assert.Equal(FinishReason.Stop, record.Finish);
        Assert.Equal(model == "claude" ? "msg_1" : "chatcmpl-1", record.ResponseId);
        Assert.Equal(stream, record.Stream);
        Assert.Equal(200, record.Status);
        Assert.Equal(model, record.RequestedModel);
        Assert.Equal(door, record.Endpoint);
        Assert.NotNull(record.FirstByte);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 7);
        Assert.Equal(LogLevel.Information, line.Level);
        Assert.Equal(9L, line.Fields["PromptTokens"]);
        Assert.Equal(3L, line.Fields["CompletionTokens"]);
        Assert.Equal(1, line.Fields["Attempts"]);
    }

    [Fact]
    public async Task Times_AreMeasured()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(async _ =>
        {
            _gateway.Clock.Advance(TimeSpan.FromSeconds(2));
            await Task.CompletedTask;
            return ScriptedResponse.Events(body);
        });
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.ChatStream));
        body.Tell(Wires.ChatRole + Wires.ChatText);
        await call.Body.Receives("Hello");
        await body.Hungry;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        body.Tell(Wires.ChatFinish + Wires.ChatDone).End();
        await call.Done;
        Assert.Equal(TimeSpan.FromSeconds(2), _gateway.Record.FirstByte);
        Assert.Equal(TimeSpan.FromSeconds(5), _gateway.Record.Duration);
        Assert.Equal("0.000", call.Header("x-lightport-overhead-ms"));
    }

    [Fact]
    public async Task Content_IsInNoLine()
    {
        const string Canary = "canary-7f3a";
        foreach (string answer in (string[])
            [
                Wires.ChatAnswer.Replace("Hello", Canary, StringComparison.Ordinal),
                "{\"x\":\"" + Canary,
                "<" + Canary,
                "",
            ])
        {
            foreach (int status in (int[])[200, 400])
            {
                _gateway.Upstream.Answer(ScriptedResponse.Json(answer, status))
                    .Answer(ScriptedResponse.Json(answer, status));
                ClientCall call = _gateway.Start(
                    GatewayEndpoints.ChatCompletions,
                    $$"""{"model":"gpt","messages":[{"role":"user","content":"{{Canary}}"}],"user":"{{Canary}}"}""",
                    new Dictionary<string, string> { ["authorization"] = "Bearer " + Canary });
                while (!call.Done.IsCompleted)
                {
                    _gateway.Clock.Advance(TimeSpan.FromSeconds(1));
                    await Task.Yield();
                }
            }
        }

        await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, $"{{\"model\":\"gpt\",\"messages\":\"{Canary}\", {Canary}");
        Assert.NotEmpty(_gateway.Log.Lines);
        Assert.All(_gateway.Log.Lines, line =>
        {
            Assert.DoesNotContain(Canary, line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("value-of-", line.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, string.Join('|', line.Fields.Values), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("x status=500 finish=none", "\"x status=500 finish=none\"")]
    [InlineData("x\u00a0y", "\"x\\u00A0y\"")]
    [InlineData("\"x\"", "\"\\\"x\\\"\"")]
    [InlineData("x-1.5:free", "x-1.5:free")]
    public async Task ModelName_ForgesNoFieldOfTheLine(string model, string expected)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            System.Text.Json.JsonSerializer.Serialize(new
            {
                model = "loose/" + model,
                messages = new[] { new { role = "user", content = "hi" } },
            }));
        Assert.Contains($" provider=loose model={expected} status=200 ", _gateway.Line.Text, StringComparison.Ordinal);
        Assert.Equal(model, _gateway.Line.Fields["Model"]);
    }

    [Fact]
    public async Task Failure_IsRecordedWithItsStageAndKind()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Error(400, "context_length_exceeded"));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat));
        Assert.Equal(ErrorKind.ContextLength, _gateway.Record.Error!.Kind);
        Assert.Equal(400, _gateway.Record.Status);
        Assert.Equal(LogLevel.Warning, _gateway.Line.Level);
        Assert.Equal(ErrorStage.Upstream, _gateway.Line.Fields["Stage"]);
    }

    [Fact]
    public async Task GatewaysOwnFailure_Is500WithoutItsWords()
    {
        _gateway.Upstream.Answer(_ => throw new InvalidCastException("canary"));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.For("gpt", Wires.Messages));
        Assert.Equal(500, call.Status);
        Assert.Equal("api_error", call.Error("type"));
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
        Assert.All(
            _gateway.Log.Lines, line => Assert.DoesNotContain("canary", line.Text, StringComparison.Ordinal));
        Assert.Contains(_gateway.Record.RequestId, call.Error("message"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();
}
