using Lightport.Enrichment.Sources;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Mcp;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Enrichment.Sources;

/// <summary>Resources and prompts of an MCP server, as sources of a route.</summary>
public sealed class McpSourceTests
{
    [Theory]
    [InlineData("resource: \"policy://current\"", "resources/read", "Pay in advance.")]
    [InlineData("prompt: tone", "prompts/get", "Speak softly.\n\nAnd slowly.")]
    public async Task Source_IsWhatTheServerSays(string named, string method, string text)
    {
        await using RawServer server = Server();
        (TestGateway gateway, GatheredSources sources) = With(server, named);
        using TestGateway disposed = gateway;

        await AskAsync(gateway);

        ContextPiece piece = Assert.Single(sources.Gathered[^1]);
        Assert.Contains($">\n{text}\n<", piece.Text, StringComparison.Ordinal);
        Assert.Contains(method, server.Asked);
    }

    [Fact]
    public async Task Source_IsRememberedForOneCaller()
    {
        await using RawServer server = Server();
        (TestGateway gateway, GatheredSources sources) = With(server, "resource: \"policy://current\", cache: 1m");
        using TestGateway disposed = gateway;

        await AskAsync(gateway);
        await AskAsync(gateway);

        Assert.Equal(2, sources.Gathered.Count(pieces => pieces.Count == 1));
        Assert.Single(server.Asked, asked => asked == "resources/read");
    }

    [Fact]
    public async Task Server_ThatDoesNotHaveIt_IsAFailureOfTheSource()
    {
        await using RawServer server = Server();
        (TestGateway gateway, GatheredSources sources) = With(server, "resource: \"policy://none\", on-failure: closed");
        using TestGateway disposed = gateway;

        ClientCall call = await AskAsync(gateway);

        Assert.Equal((503, "context_unavailable"), (call.Status, call.Error("code")));
        Assert.Empty(sources.Gathered);
        Assert.Single(gateway.Log.Lines, line => line.EventId == 1001);
    }

    private static RawServer Server() => new(request => request.Rpc switch
    {
        "server/discover" => request.ResultAsync("""
            {"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"resources":{},"prompts":{}},"ttlMs":0,"cacheScope":"public"}
            """),
        "resources/read" when (string?)request.Parameters!["uri"] == "policy://current" => request.ResultAsync("""
            {"resultType":"complete","contents":[{"uri":"policy://current","text":"Pay in advance."}],"ttlMs":0,"cacheScope":"public"}
            """),
        "prompts/get" => request.ResultAsync("""
            {"resultType":"complete","messages":[{"role":"user","content":{"type":"text","text":"Speak softly."}},{"role":"user","content":{"type":"text","text":"And slowly."}}]}
            """),
        _ => request.ErrorAsync(-32002, "no such thing", 404),
    });

    private static (TestGateway Gateway, GatheredSources Sources) With(RawServer server, string named)
    {
        GatheredSources? sources = null;
        var gateway = new TestGateway(
            "",
            configure: services => services.AddSingleton<IContextSources>(
                provider => sources = new GatheredSources(ActivatorUtilities.CreateInstance<ContextSources>(provider))),
            document: $$"""
                providers: { openai: {} }
                models: { m: { targets: [openai/gpt-4o-mini], context: [s] } }
                mcp: { servers: { docs: { url: "{{server.Address}}", private: on } } }
                context: { s: { mcp: docs, {{named}} } }
                """);
        return (gateway, sources!);
    }

    private static Task<ClientCall> AskAsync(TestGateway gateway)
    {
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        return gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
    }
}
