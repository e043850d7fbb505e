using System.Net;
using Lightport.Enrichment.Sources;
using Lightport.Tests.Exchanges;
using Lightport.Usage;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>What a route's sources give to requests that come in at a door.</summary>
public sealed class ContextSourcesTests
{
    private const string First = "0123456789abcdef0123456789abcdef-first";
    private const string Second = "0123456789abcdef0123456789abcdef-second";

    private readonly List<GatheredSources> _sources = [];

    [Fact]
    public async Task Sources_GiveTheirPieces_InTheRoutesOrder()
    {
        using TestGateway gateway = With("""
            one: { text: "Be brief." }
            two: { text: "Only now.", place: turn }
            three: { text: "Never." }
            """, "[two, one]");

        await AskAsync(gateway);

        Assert.Equal(
            [new ContextPiece("two", ContextPlace.Turn, "Only now."), new("one", ContextPlace.System, "Be brief.")],
            Pieces());
    }

    [Fact]
    public async Task LaterTurn_AsksOnlyThoseOfTurns()
    {
        using TestGateway gateway = With("""
            one: { text: "Be brief." }
            two: { text: "Only now.", place: turn }
            """, "[one, two]");

        await AskAsync(gateway);
        await AskAsync(gateway, body: """
            {"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"c"}]}
            """);

        Assert.Equal("two", Assert.Single(Pieces()).Source);
    }

    /// <summary>The gateway sees it for the first time, though its client does not.</summary>
    [Fact]
    public async Task Conversation_ThatBeganElsewhere_GetsThemAll()
    {
        using TestGateway gateway = With("one: { text: \"Be brief.\" }", "[one]");

        await AskAsync(gateway, body: """
            {"model":"m","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"Hello"},{"role":"user","content":"c"}]}
            """);

        Assert.Single(Pieces());
    }

    [Theory]
    [InlineData("request.model == 'm'", true)]
    [InlineData("request.model == 'x'", false)]
    [InlineData("has(metadata.city) && metadata.city == 'Bonn'", true)]
    public async Task Condition_SaysForWhichRequests(string when, bool applies)
    {
        using TestGateway gateway = With($"one: {{ text: \"Be brief.\", when: \"{when}\" }}", "[one]");

        await AskAsync(gateway, metadata: """{"city":"Bonn"}""");

        Assert.Equal(applies ? 1 : 0, Pieces().Count);
    }

    /// <summary>Whatever a value says, it stays one value, or one part of a path.</summary>
    [Theory]
    [InlineData("Köln am Rhein", "/in/K%C3%B6ln%20am%20Rhein/now?q=K%C3%B6ln%20am%20Rhein")]
    [InlineData("../x?y=1&z#f", "/in/..%2Fx%3Fy%3D1%26z%23f/now?q=..%2Fx%3Fy%3D1%26z%23f")]
    [InlineData("a@b.example:80/", "/in/a%40b.example%3A80%2F/now?q=a%40b.example%3A80%2F")]
    [InlineData("..", null)]
    [InlineData(".", null)]
    public async Task Value_InAnAddress_IsEscaped(string city, string? asked)
    {
        using var server = new SourceServer("sun");
        using TestGateway gateway = With(
            Rest(server, "in/{metadata.city}/now?q={metadata.city}", "on-failure: open"), "[w]");

        await AskAsync(gateway, metadata: System.Text.Json.JsonSerializer.Serialize(
            new Dictionary<string, string> { ["city"] = city }));

        Assert.Equal(asked is null ? [] : [asked], server.Seen);
        Assert.Equal(asked is not null, Pieces().Any(piece => piece.Text.Contains("\nsun\n", StringComparison.Ordinal)));
    }

    /// <summary>Names of the configuration's own are told, and nothing that a client said.</summary>
    [Theory]
    [InlineData("metadata.city == 'a'", "{}", "there is no 'metadata.city'; guard it, as in has(metadata.city)")]
    [InlineData("headers['x-team'] == 'a'", "{}", "there is no 'headers['x-team']'; guard it, as in 'x-team' in headers")]
    [InlineData("metadata[metadata.key] == 'a'", """{"key":"s3cret"}""", "something that it reads is not there; guard that with has(…)")]
    [InlineData("int(metadata.city) > 1", """{"city":"s3cret"}""", "the text is no int")]
    public async Task Condition_ThatCannotBeEvaluated_IsLoggedWithWhatIsMissing(
        string when, string metadata, string problem)
    {
        using TestGateway gateway = With($"one: {{ text: \"Be brief.\", when: \"{when}\" }}", "[one]");

        await AskAsync(gateway, metadata: metadata);

        string line = Assert.Single(gateway.Log.Lines, line => line.EventId == 1001).Text;
        Assert.StartsWith(
            $"The context one cannot be had: its condition cannot be evaluated: {problem} (request req_",
            line,
            StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", 200)]
    [InlineData("closed", 503)]
    public async Task Failure_IsLeftOutOrRefuses_AsTheSourceSays(string onFailure, int status)
    {
        using var server = new SourceServer("secret words", 500);
        using TestGateway gateway = With(Rest(server, "", $"on-failure: {onFailure}"), "[w]");

        ClientCall call = await AskAsync(gateway);

        Assert.Equal(status, call.Status);
        Assert.Equal(status == 200 ? 1 : 0, gateway.Upstream.Seen.Count);
        string line = Assert.Single(gateway.Log.Lines, line => line.EventId == 1001).Text;
        Assert.StartsWith("The context w cannot be had: it answered with 500 (request req_", line, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? "context.w" : null, call.Header("x-lightport-left-out"));
        Assert.Equal(
            status == 200 ? [new LeftOut("context.w", "http_error")] : [], gateway.Record.LeftOut);
        if (status == 503)
        {
            Assert.Equal("context_unavailable", call.Error("code"));
            Assert.Null(call.Header("x-should-retry"));
        }
    }

    [Fact]
    public async Task Formula_ThatCannotBeEvaluated_IsAFailure()
    {
        using var server = new SourceServer("sun");
        using TestGateway gateway = With(Rest(server, "?q={metadata.city}", "on-failure: closed"), "[w]");

        ClientCall call = await AskAsync(gateway);

        Assert.Equal((503, "context_unavailable"), (call.Status, call.Error("code")));
        Assert.Equal("false", call.Header("x-should-retry"));
        Assert.Empty(server.Seen);
    }

    [Fact]
    public async Task Metadata_ThatIsMalformed_IsToldToTheClient()
    {
        using var server = new SourceServer("sun");
        using TestGateway gateway = With(Rest(server, "?q={metadata.city}", "cache: 1m"), "[w]");

        Assert.Equal(400, (await AskAsync(gateway, metadata: "{")).Status);
    }

    [Theory]
    [InlineData("", 4)]
    [InlineData("cache: 1m", 1)]
    [InlineData("cache: 1m, when: \"key.name != 'x'\"", 1)]
    public async Task Answer_IsRememberedAsLongAsTheSourceSays(string cache, int asked)
    {
        using var server = new SourceServer("sun");
        using TestGateway gateway = With(Rest(server, "", cache), "[w]");
        foreach (string key in (string[])[First, Second, First, Second])
        {
            await AskAsync(gateway, key);
        }

        Assert.Equal(asked, server.Seen.Count);
        gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(gateway);
        Assert.Equal(asked + 1, server.Seen.Count);
    }

    [Fact]
    public async Task Answer_ThatDependsOnTheKey_IsNeverAnothers()
    {
        using var server = new SourceServer("sun");
        using TestGateway gateway = With(
            Rest(server, "?team={key.name.startsWith('f') || key.name.startsWith('s')}", "cache: 1m"), "[w]");
        foreach (string key in (string[])[First, Second, First])
        {
            await AskAsync(gateway, key);
        }

        Assert.Equal(["/?team=true", "/?team=true"], server.Seen);
    }

    [Fact]
    public async Task Failure_IsNotRemembered()
    {
        int asked = 0;
        using var server = new SourceServer(
            context => SourceServer.WriteAsync(context, "sun", Interlocked.Increment(ref asked) == 1 ? 500 : 200));
        using TestGateway gateway = With(Rest(server, "", "cache: 1m"), "[w]");
        await AskAsync(gateway);

        await AskAsync(gateway);

        Assert.Single(Pieces());
    }

    /// <summary>Neither is answered before both have been asked.</summary>
    [Fact]
    public async Task Sources_AreAskedAtOnce()
    {
        var both = new CountdownEvent(2);
        var come = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task Answer(HttpListenerContext context)
        {
            if (both.Signal())
            {
                come.SetResult();
            }

            await come.Task;
            await SourceServer.WriteAsync(context, "sun");
        }

        using var one = new SourceServer(Answer);
        using var other = new SourceServer(Answer);
        using TestGateway gateway = With(Rest(one, "") + Rest(other, "", name: "v"), "[w, v]");

        await AskAsync(gateway);

        Assert.Equal(["w", "v"], Pieces().Select(piece => piece.Source));
    }

    private static string Rest(SourceServer server, string path, string more = "", string name = "w") =>
        $"{name}: {{ rest: \"{server.Address}{path}\", private: on{(more.Length > 0 ? ", " : "")}{more} }}\n";

    private IReadOnlyList<ContextPiece> Pieces() => _sources[0].Gathered[^1];

    private TestGateway With(string sources, string taken)
    {
        string[] keys = [First, Second];
        return new TestGateway(
            "",
            configure: services => services.AddSingleton<IContextSources>(provider =>
            {
                var sources = new GatheredSources(ActivatorUtilities.CreateInstance<ContextSources>(provider));
                _sources.Add(sources);
                return sources;
            }),
            document: $$"""
                providers: { openai: {} }
                models: { m: { targets: [openai/gpt-4o-mini], context: {{taken}} } }
                keys:
                  - { name: first, sha256: "{{Hash(First)}}" }
                  - { name: second, sha256: "{{Hash(Second)}}" }
                context:
                  {{sources.Trim().ReplaceLineEndings("\n  ")}}
                """);
    }

    private static string Hash(string key) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    private static async Task<ClientCall> AskAsync(
        TestGateway gateway, string key = First, string? metadata = null, string body = Wires.Chat)
    {
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        var headers = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key}" };
        if (metadata is not null)
        {
            headers["x-lightport-metadata"] = metadata;
        }

        return await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("m", body), headers);
    }
}
