using System.Text.Json.Nodes;
using System.Text;
using Lightport.Admission;
using Lightport.Strangers.PathChat;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Strangers.PathChat;

/// <summary>Model and streaming in the path, an array for a stream, shapes and media types of its own.</summary>
public sealed class PathChatTests : IDisposable
{
    private const string Body = """{ "turns":[{"who":"human","say":"hi"}],"limit":500, "unknown":{"kept":[1]} }""";

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Content-Type"] = PathChatDialect.MediaType,
        ["Authorization"] = "Bearer bound-key-0123456789",
        ["x-path-trace"] = "t1",
    };

    private readonly TestGateway _gateway = StrangeGateway.Create($$"""
        models:
          m: { targets: [path-chat/big-one], retry: { attempts: 1 } }
          other: [path-chat/other]
          both: { targets: [path-chat/x, openai/x], retry: { attempts: 1 } }
          claude: [anthropic/claude-sonnet-4-5]
        keys:
          - { name: bound, sha256: "{{KeyHash.Of("bound-key-0123456789")}}", models: [m, both, claude, "path-chat/b*"] }
        """);

    [Fact]
    public async Task Whole_InItsOwnDialect_Passes()
    {
        _gateway.Upstream.Answer(StrangeProvider.PathChat.Answer(stream: false));

        ClientCall call = await SendAsync("m", "generate");

        Assert.Equal(StrangeProvider.PathChat.Whole, call.Text);
        Assert.Equal(PathChatDialect.MediaType, call.Context.Response.ContentType);
        SeenRequest seen = _gateway.Upstream.Last;
        Assert.Equal("https://path.example/v1/talk/big-one:generate", seen.Address.AbsoluteUri);
        Assert.Equal(Body.Replace("500", "100", StringComparison.Ordinal), seen.Body);
        Assert.Equal(PathChatDialect.MediaType, seen.MediaType);
        Assert.Equal("value-of-PATH_CHAT_KEY", seen.Header("x-path-key"));
        Assert.Equal("t1", seen.Header("x-path-trace"));
        Assert.Equal("big-one", call.Header("x-lightport-model"));
        Assert.Equal(("a1", 12), (_gateway.Record.ResponseId, _gateway.Record.Usage!.Total));
    }

    [Fact]
    public async Task Stream_InItsOwnDialect_PassesByteForByte()
    {
        StrangeProvider told = StrangeProvider.PathChat;
        _gateway.Upstream.Answer(told.Answer(stream: true));

        ClientCall call = await SendAsync("m", "stream");

        string sent = Encoding.UTF8.GetString([.. told.Opening, .. told.Text, .. told.Rest]);
        Assert.Equal(sent.Replace("\n]", "]", StringComparison.Ordinal), call.Text);
        Assert.Equal(PathChatDialect.MediaType, call.Context.Response.ContentType);
        Assert.Equal("https://path.example/v1/talk/big-one:stream", _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.True(_gateway.Record is { Stream: true, Usage: { Estimated: false, Total: 12 } });
    }

    [Fact]
    public async Task Model_WithASlash_IsTheOneOfThePath()
    {
        _gateway.Upstream.Answer(StrangeProvider.PathChat.Answer(stream: false));

        ClientCall call = await SendAsync("path-chat/b/1", "generate");

        Assert.Equal(200, call.Status);
        Assert.Equal("https://path.example/v1/talk/b%2F1:generate", _gateway.Upstream.Last.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("other", 403, "model_not_allowed")]
    [InlineData("nobody", 403, "model_not_allowed")]
    [InlineData("m%01", 400, null)]
    public async Task Model_OfThePath_IsChecked(string model, int status, string? code)
    {
        ClientCall call = await SendAsync(model, "generate");

        Assert.Equal(status, call.Status);
        Assert.Equal(code, (string?)call.Json["fault"]!["name"]);
        Assert.Equal("application/vnd.strange.fault+json", call.Context.Response.ContentType);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    /// <summary>The dialect has no such field; a provider may well have it.</summary>
    [Theory]
    [InlineData("""{"turns":[],"model":"other"}""")]
    [InlineData("""{"turns":[],"fallbacks":["other"]}""")]
    [InlineData("""{"turns":[],"api_base":"https://elsewhere"}""")]
    public async Task Body_OfAKeyForCertainModels_ChoosesNoOther(string body)
    {
        ClientCall call = await SendAsync("m", "generate", body);

        Assert.Equal(403, call.Status);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Silence_BeforeTheArray_IsFilledWithWhiteSpace()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, PathChatDialect.MediaType, body));
        ClientCall call = Start("m", "stream");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives(" \n");
        body.Tell(StrangeProvider.PathChat.Opening).Tell(StrangeProvider.PathChat.Text);
        await call.Body.Receives("Hello");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives("} \n");
        body.Tell(StrangeProvider.PathChat.Rest).End();
        await call.Done;

        Assert.Equal(4, JsonNode.Parse(call.Text)!.AsArray().Count);
    }

    [Fact]
    public async Task ErrorBehindAKeepAlive_IsAnArrayOfTheError()
    {
        var body = new ScriptedBody();
        _gateway.Upstream.Answer(new ScriptedResponse(200, PathChatDialect.MediaType, body));
        ClientCall call = Start("m", "stream");
        await body.Hungry;
        _gateway.Clock.Advance(Silence);
        await call.Body.Receives(" \n");
        body.Tell("[").Tell(StrangeProvider.PathChat.Failure.AsMemory(1)).End();
        await call.Done;

        Assert.Equal(StrangeProvider.Message, (string?)JsonNode.Parse(call.Text)!.AsArray().Single()!["fault"]!["why"]);
        Assert.True(call.Lifetime.BrokenOff);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{\"id\":\"a1\"}")]
    [InlineData("[]")]
    [InlineData("[{]}]")]
    public async Task Stream_ThatIsNoArrayOfAnswers_IsTheProvidersFault(string body)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Of("application/json", Encoding.UTF8.GetBytes(body)));

        ClientCall call = await SendAsync("m", "stream");

        Assert.Equal(502, call.Status);
        Assert.Equal("upstream_error", (string?)call.Json["fault"]!["name"]);
    }

    [Fact]
    public async Task Failure_GoesFromTheOneDialectToTheOther()
    {
        StrangeProvider broken = StrangeProvider.PathChat;
        _gateway.Upstream.Answer(broken.Streamed(broken.Opening, broken.Failure))
            .Answer(StrangeProvider.OpenAI.Answer(stream: true));

        ClientCall call = await SendAsync("both", "stream");

        Assert.Equal(4, JsonNode.Parse(call.Text)!.AsArray().Count);
        Assert.Equal("openai", call.Header("x-lightport-provider"));
    }

    [Fact]
    public async Task Losses_AreTold()
    {
        _gateway.Upstream.Answer(StrangeProvider.Anthropic.Answer(stream: false));

        ClientCall call = await SendAsync("claude", "generate", """{"turns":[{"who":"human","say":"hi"}],"dice":7}""");

        Assert.Equal("seed", call.Header("x-lightport-dropped"));
    }

    [Fact]
    public async Task MediaTypeOfAnother_IsRefusedInItsOwnShape()
    {
        ClientCall call = await _gateway.SendAsync(
            PathChatDialect.Generate,
            Body,
            new Dictionary<string, string>(Headers) { ["Content-Type"] = "text/plain" },
            "/strange/m:generate");

        Assert.Equal(415, call.Status);
        Assert.StartsWith("Send application/vnd.strange", (string?)call.Json["fault"]!["why"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ModelList_IsItsClientsOwn()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Models, headers: new Dictionary<string, string>(Headers) { ["x-strange"] = "1" });

        Assert.Contains("\"strange/claude\"", call.Text, StringComparison.Ordinal);
    }

    /// <summary>However the network cuts it, client and record are told the same.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public async Task Stream_InPieces_IsTheSame(int piece)
    {
        StrangeProvider told = StrangeProvider.PathChat;
        byte[] body = [.. told.Opening, .. told.Text, .. told.Rest];
        _gateway.Upstream.Answer(new ScriptedResponse(200, PathChatDialect.MediaType, new CutBody(body, piece)));

        ClientCall call = await SendAsync("m", "stream");

        Assert.Equal(4, JsonNode.Parse(call.Text)!.AsArray().Count);
        Assert.Equal(12, _gateway.Record.Usage!.Total);
    }

    public void Dispose() => _gateway.Dispose();

    private ClientCall Start(string model, string verb, string body = Body) => _gateway.Start(
        verb == "stream" ? PathChatDialect.Stream : PathChatDialect.Generate, body, Headers, $"/strange/{model}:{verb}");

    private async Task<ClientCall> SendAsync(string model, string verb, string body = Body)
    {
        ClientCall call = Start(model, verb, body);
        await call.Done;
        return call;
    }
}
