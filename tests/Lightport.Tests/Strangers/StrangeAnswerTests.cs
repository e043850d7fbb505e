using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Strangers.PathChat;

namespace Lightport.Tests.Strangers;

/// <summary>Every client reaches every provider, known to the gateway or not, and is told the same.</summary>
public sealed class StrangeAnswerTests : IDisposable
{
    private static readonly string[] Clients =
        [DialectIds.OpenAIChat, DialectIds.AnthropicMessages, PathChatDialect.Id];

    private static readonly string[] Providers = ["path-chat", "frames", "openai", "anthropic"];

    private readonly TestGateway _gateway = StrangeGateway.Create("""
        models:
          path-chat: { targets: [path-chat/x], retry: { attempts: 1 } }
          frames: { targets: [frames/x], retry: { attempts: 1 } }
          openai: { targets: [openai/x], retry: { attempts: 1 } }
          anthropic: { targets: [anthropic/x], retry: { attempts: 1 } }
          path-chat-first: { targets: [path-chat/x, frames/x], retry: { attempts: 1 } }
          frames-first: { targets: [frames/x, path-chat/x], retry: { attempts: 1 } }
        """);

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, bool>();
            foreach ((string client, string provider) in Meetings)
            {
                pairs.Add(client, provider, false);
                pairs.Add(client, provider, true);
            }

            return pairs;
        }
    }

    public static TheoryData<string, string> Streams
    {
        get
        {
            var streams = new TheoryData<string, string>();
            foreach ((string client, string provider) in Meetings)
            {
                streams.Add(client, provider);
            }

            return streams;
        }
    }

    private static IEnumerable<(string Client, string Provider)> Meetings =>
        from client in Clients
        from provider in Providers
        select (client, provider);

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Answer_WithTextAndACall_IsTold(string client, string provider, bool stream)
    {
        _gateway.Upstream.Answer(StrangeProvider.Of(provider).Answer(stream));

        ClientCall call = await StrangeClient.AskAsync(_gateway, client, provider, stream);

        Assert.Equal(200, call.Status);
        Assert.Equal(
            [
                "choice 0: tool_calls", "text Hello", """call c1 look {"q":1}""",
                "usage prompt 9 cached 0 written 0 completion 3 reasoning 0",
            ],
            StrangeClient.Read(client, call, stream));
        Assert.True(_gateway.Record is { Usage: { Prompt: 9, Completion: 3, Estimated: false }, Failed: false });
        Assert.Contains("look", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Contains("nothing", _gateway.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Refusal_KeepsStatusAndMessage(string client, string provider, bool stream)
    {
        _gateway.Upstream.Answer(StrangeProvider.Of(provider).Refuse(429));

        ClientCall call = await StrangeClient.AskAsync(_gateway, client, provider, stream);

        Assert.Equal(429, call.Status);
        Assert.Equal(StrangeProvider.Message, StrangeClient.ErrorIn(client, call));
        Assert.Null(_gateway.Record.Usage);
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ErrorBeforeContent_HasAStatus(string client, string provider)
    {
        StrangeProvider told = StrangeProvider.Of(provider);
        _gateway.Upstream.Answer(told.Streamed(told.Opening, told.Failure));

        ClientCall call = await StrangeClient.AskAsync(_gateway, client, provider, stream: true);

        Assert.True(call.Status >= 400);
        Assert.Equal(StrangeProvider.Message, StrangeClient.ErrorIn(client, call));
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ErrorAfterContent_EndsTheStream(string client, string provider)
    {
        StrangeProvider told = StrangeProvider.Of(provider);
        _gateway.Upstream.Answer(told.Streamed(told.Opening, told.Text, told.Failure));

        ClientCall call = await StrangeClient.AskAsync(_gateway, client, provider, stream: true);

        Assert.Equal(200, call.Status);
        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Equal(StrangeProvider.Message, StrangeClient.ErrorIn(client, call));
        CheckBroken();
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task StreamThatIsCut_EndsInAnError(string client, string provider)
    {
        StrangeProvider told = StrangeProvider.Of(provider);
        _gateway.Upstream.Answer(told.Streamed(told.Opening, told.Text, told.Rest[..10]));

        ClientCall call = await StrangeClient.AskAsync(_gateway, client, provider, stream: true);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.NotNull(StrangeClient.ErrorIn(client, call));
        CheckBroken();
    }

    [Theory]
    [MemberData(nameof(Streams))]
    public async Task ClientThatGoes_EndsTheCallAndSettlesItsUsage(string client, string provider)
    {
        StrangeProvider told = StrangeProvider.Of(provider);
        var body = new ScriptedBody();
        var response = new ScriptedResponse(200, told.MediaType, body);
        _gateway.Upstream.Answer(response);
        ClientCall call = StrangeClient.Start(_gateway, client, provider, stream: true);
        body.Tell(told.Opening).Tell(told.Text);
        await call.Body.Receives("Hello");
        await body.Hungry;
        call.Abort();
        await call.Done;

        Assert.True(response.Disposed);
        Assert.Equal(499, _gateway.Record.Status);
        Assert.True(_gateway.Record.Usage is { Estimated: true, Prompt: > 0, Completion: 2 });
    }

    [Theory]
    [InlineData("path-chat", "frames")]
    [InlineData("frames", "path-chat")]
    public async Task FailureBeforeContent_GoesToTheNextTarget(string first, string second)
    {
        foreach (string client in Clients)
        {
            StrangeProvider broken = StrangeProvider.Of(first);
            _gateway.Upstream.Answer(broken.Streamed(broken.Opening, broken.Failure))
                .Answer(StrangeProvider.Of(second).Answer(stream: true));

            ClientCall call = await StrangeClient.AskAsync(_gateway, client, $"{first}-first", stream: true);

            Assert.Contains("text Hello", StrangeClient.Read(client, call, stream: true));
            Assert.Equal(second, call.Header("x-lightport-provider"));
            Assert.Equal("2", call.Header("x-lightport-attempts"));
            Assert.Equal(first, Assert.Single(_gateway.Record.Lost).Provider);
        }
    }

    public void Dispose() => _gateway.Dispose();

    private void CheckBroken()
    {
        Assert.True(_gateway.Record.Failed);
        Assert.True(_gateway.Record.Usage is { Estimated: true, Prompt: > 0, Completion: > 0 });
    }
}
