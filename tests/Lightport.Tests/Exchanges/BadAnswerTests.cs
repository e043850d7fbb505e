using System.Text;
using Lightport.Conversation;
using Lightport.Tests.Dialects;

namespace Lightport.Tests.Exchanges;

/// <summary>Answers that are none, or not those that were asked for.</summary>
public sealed class BadAnswerTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
        models:
          exact: { targets: [openai/x], retry: { attempts: 1 } }
          loose: { targets: [loose/x], retry: { attempts: 1 } }
          claude: { targets: [anthropic/x], retry: { attempts: 1 } }
        """);

    public static TheoryData<string, string> Pairs => new()
    {
        { "ChatCompletions", "exact" },
        { "ChatCompletions", "loose" },
        { "ChatCompletions", "claude" },
        { "Messages", "exact" },
        { "Messages", "loose" },
        { "Messages", "claude" },
    };

    /// <summary>Pairs between which an answer is written anew, so that nothing malformed can pass.</summary>
    public static TheoryData<string, string> TranslatedPairs => new()
    {
        { "ChatCompletions", "claude" },
        { "Messages", "exact" },
        { "Messages", "loose" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task JsonAlthoughAStreamWasAsked_IsToldAsAStream(string door, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(model == "claude" ? Wires.MessagesAnswer : Wires.ChatAnswer));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.Equal(200, call.Status);
        Assert.Equal("text/event-stream", call.Header("content-type"));
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        CheckStream(door, call, failed: false);
        Assert.Equal(12, _gateway.Record.Usage!.Total);
        Assert.Equal(FinishReason.Stop, _gateway.Record.Finish);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task FrameOver16MiB_EndsTheStreamInAnError(string door, string model)
    {
        string text = model == "claude" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText;
        var body = new ScriptedBody().Tell(text);
        byte[] endless = Encoding.UTF8.GetBytes("data: " + new string('x', 1024 * 1024));
        for (int i = 0; i < 20; i++)
        {
            body.Tell(endless);
        }

        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = await SendAsync(door, model, stream: true);
        CheckStream(door, call, failed: true);
        Assert.Contains("more than 16777216 bytes", call.Text, StringComparison.Ordinal);
        Assert.True(body.Disposed && body.BytesRead < 18 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task FrameOver16MiBBeforeContent_Is502(string door, string model)
    {
        var body = new ScriptedBody();
        byte[] endless = Encoding.UTF8.GetBytes("data: " + new string('x', 1024 * 1024));
        for (int i = 0; i < 20; i++)
        {
            body.Tell(endless);
        }

        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.Equal(502, call.Status);
        Assert.Contains("16777216", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Redirect_Is502AndItsAddressIsNotTold(string door, string model)
    {
        _gateway.Upstream.Answer(new ScriptedResponse(302, "text/html", Stream.Null)
        {
            Fields = { ["location"] = "http://169.254.169.254/canary" },
        });
        ClientCall call = await SendAsync(door, model, stream: false);
        Assert.Equal(502, call.Status);
        Assert.Contains("redirect", call.Error("message"), StringComparison.Ordinal);
        Assert.Null(call.Header("location"));
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StatusThatHttpDoesNotHave_Is502ThatNamesIt(string door, string model)
    {
        foreach (int status in (int[])[600, 999])
        {
            _gateway.Upstream.Answer(ScriptedResponse.Error(status));
            ClientCall call = await SendAsync(door, model, stream: true);
            Assert.Equal(502, call.Status);
            Assert.Contains(
                $"answered with {status}, which is no HTTP status", call.Error("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task PageWithAnErrorStatus_IsAnErrorObject(string door, string model)
    {
        byte[] page = Encoding.UTF8.GetBytes("<html><body>Bad gateway canary</body></html>");
        _gateway.Upstream.Answer(new ScriptedResponse(502, "text/html", new MemoryStream(page)));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.Equal(502, call.Status);
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
        Assert.Contains("502", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task GarbageWithASuccessStatus_Is502(string door, string model)
    {
        foreach (string garbage in (string[])["", "<html>", "[]", "null", "{\"id\":", "{}", "{\"choices\":[]"])
        {
            _gateway.Upstream.Answer(ScriptedResponse.Json(garbage));
            ClientCall call = await SendAsync(door, model, stream: false);
            Assert.True(call.Status == 502, $"{garbage}: {call.Status} {call.Text}");
            Assert.False(string.IsNullOrEmpty(call.Error("message")));
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task ErrorInsideASuccess_IsAnError(string door, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(model == "claude"
            ? """{"type":"error","error":{"type":"overloaded_error","message":"Told by the provider."}}"""
            : """{"error":{"message":"Told by the provider.","type":"t","code":503}}"""));
        ClientCall call = await SendAsync(door, model, stream: false);
        Assert.Equal(model == "claude" ? 529 : 503, call.Status);
        Assert.Equal("Told by the provider.", call.Error("message"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StreamEndsWithoutItsEnd_IsAnError(string door, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(
            model == "claude" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        CheckStream(door, call, failed: true);
        Assert.NotNull(_gateway.Record.Error);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task ConnectionStaysOpenAfterTheEnd_AnswerEndsAllTheSame(string door, string model)
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        body.Tell(model == "claude" ? Wires.MessagesEvents : Wires.ChatEvents);
        ClientCall call = Start(door, model, stream: true);
        Task first = await Task.WhenAny(call.Done, body.Hungry);
        Assert.True(first == call.Done, "The gateway waits for more after the end.");
        CheckStream(door, call, failed: false);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task InvalidUtf8InAStream_NeverReachesTheClient(string door, string model)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(model == "claude" ? Wires.MessagesEvents : Wires.ChatEvents);
        bytes[bytes.AsSpan().IndexOf("Hello"u8) + 1] = 0xFF;
        _gateway.Upstream.Answer(new ScriptedResponse(200, "text/event-stream", new MemoryStream(bytes)));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.NotEmpty(call.Text);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task InvalidUtf8InABody_NeverReachesTheClient(string door, string model)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(model == "claude" ? Wires.MessagesAnswer : Wires.ChatAnswer);
        bytes[bytes.AsSpan().IndexOf("Hello"u8) + 1] = 0xFF;
        _gateway.Upstream.Answer(new ScriptedResponse(200, "application/json", new MemoryStream(bytes)));
        ClientCall call = await SendAsync(door, model, stream: false);
        Assert.NotEmpty(call.Text);
    }

    [Theory]
    [MemberData(nameof(TranslatedPairs))]
    [InlineData("ChatCompletions", "loose")]
    [InlineData("Messages", "claude")]
    public async Task CutJsonInAStream_NeverReachesTheClient(string door, string model)
    {
        var body = new ScriptedBody();
        body.Tell(model == "claude" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText);
        body.Tell("data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\n\n").End();
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = await SendAsync(door, model, stream: true);
        CheckStream(door, call, failed: true);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task StreamAlthoughJsonWasAsked_Is502(string door, string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(model == "claude" ? Wires.MessagesEvents : Wires.ChatEvents));
        ClientCall call = await SendAsync(door, model, stream: false);
        Assert.Equal(502, call.Status);
        Assert.NotNull(call.Error("message"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task GatewaysOwnFailureAfterContent_BreaksTheConnectionOff(string door, string model)
    {
        var body = new ScriptedBody();
        body.Tell(model == "claude" ? Wires.MessagesStart + Wires.MessagesText : Wires.ChatRole + Wires.ChatText);
        body.Break(new InvalidCastException("canary"));
        _gateway.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = await SendAsync(door, model, stream: true);
        Assert.True(call.Lifetime.BrokenOff);
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Internal, _gateway.Record.Error!.Kind);
    }

    public void Dispose() => _gateway.Dispose();

    private static void CheckStream(string door, ClientCall call, bool failed)
    {
        if (door == "Messages")
        {
            Assert.Equal(failed, MessagesStreamLaws.Check(call.Text) is null);
        }
        else
        {
            ChatStreamLaws.Check(call.Text, includeUsage: false);
            Assert.Equal(failed, call.Text.Contains("\"error\":{", StringComparison.Ordinal));
        }
    }

    private ClientCall Start(string door, string model, bool stream)
    {
        (GatewayEndpoint endpoint, string body) = (door, stream) switch
        {
            ("Messages", true) => (GatewayEndpoints.Messages, Wires.MessagesStream),
            ("Messages", false) => (GatewayEndpoints.Messages, Wires.Messages),
            (_, true) => (GatewayEndpoints.ChatCompletions, Wires.ChatStream),
            _ => (GatewayEndpoints.ChatCompletions, Wires.Chat),
        };
        return _gateway.Start(endpoint, Wires.For(model, body));
    }

    private async Task<ClientCall> SendAsync(string door, string model, bool stream)
    {
        ClientCall call = Start(door, model, stream);
        await call.Done;
        return call;
    }
}
