using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Identity;
using Lightport.Mcp.Lists;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Mcp;

/// <summary>The gateway's side of MCP, whole, against servers of a test's making.</summary>
internal sealed class McpWorld : IAsyncDisposable
{
    public const string EchoTool = """
        {"name":"echo","description":"Says it again.","inputSchema":{"type":"object","properties":{"text":{"type":"string"}}}}
        """;

    private readonly McpHttp _http = new();
    private readonly LoggerFactory _logging;

    /// <param name="store">What instances share; null for nothing.</param>
    public McpWorld(TimeProvider? time = null, McpSettings? settings = null, IToolListStore? store = null)
    {
        time ??= TimeProvider.System;
        _logging = new LoggerFactory([Log]);
        var connector = new McpConnector(
            _http,
            new McpIdentities(Secrets, new McpTokens(_http, Secrets, time)),
            Secrets,
            time,
            _logging.CreateLogger<McpConnector>());
        Connections = new McpConnections(connector, () => settings ?? McpSettings.None, time);
        var asker = new ToolAsker(
            Connections,
            connector,
            new ToolStore(store, _logging.CreateLogger<ToolStore>()),
            time,
            _logging.CreateLogger<ToolAsker>());
        Servers = new McpServers(new ToolLists(asker, time), Connections, time);
        var questions = new ServerQuestions(Connections, time);
        Resources = new McpResources(questions);
        Catalog = new McpCatalog(questions, Connections, time, _logging.CreateLogger<McpCatalog>());
    }

    public static McpCaller Anna { get; } = new("anna", "req_1");

    public CapturedLog Log { get; } = new();

    public TestSecrets Secrets { get; } = new();

    public McpConnections Connections { get; }

    public IMcpServers Servers { get; }

    public IMcpResources Resources { get; }

    public IMcpCatalog Catalog { get; }

    public static McpServer At(RawServer server) => new("docs")
    {
        Address = server.Address,
        AllowsPrivate = true,
        IsConfigured = true,
    };

    /// <summary>A server of revision 2026-07-28, which has no sessions.</summary>
    /// <param name="tools">The tools as it lists them, with commas between.</param>
    /// <param name="call">Answers <c>tools/call</c>.</param>
    /// <param name="hints">What the list says of itself: <c>"ttlMs":60000,"cacheScope":"public"</c>.</param>
    public static RawServer Stateless(
        Func<RawCall, Task> call, string tools = EchoTool, string hints = "\"ttlMs\":60000,\"cacheScope\":\"public\"") =>
        new(request => request.Rpc switch
        {
            "server/discover" => request.ResultAsync("""
                {"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{}},"ttlMs":0,"cacheScope":"public"}
                """),
            "tools/list" => request.ResultAsync($$"""{"resultType":"complete","tools":[{{tools}}],{{hints}}}"""),
            "tools/call" => call(request),
            _ => request.ErrorAsync(-32601, "no such method", 404),
        });

    /// <summary>A server of an older revision, with a session.</summary>
    public static RawServer Older(Func<RawCall, Task> call, string revision = "2025-11-25", string tools = EchoTool) =>
        new(request => request.Rpc switch
        {
            "initialize" => request.ResultAsync(
                $$"""{"protocolVersion":"{{revision}}","capabilities":{"tools":{} },"serverInfo":{"name":"old","version":"1"} }""",
                "Mcp-Session-Id: s1\r\n"),
            "tools/list" => request.ResultAsync($$"""{"tools":[{{tools}}]}"""),
            "tools/call" => call(request),
            "server/discover" => request.ErrorAsync(-32601, "no such method", 400),
            _ => request.AcceptedAsync(),
        });

    public static Task SayAsync(RawCall call, string text) =>
        call.ResultAsync($$"""{"content":[{"type":"text","text":"{{text}}"}]}""");

    public ValueTask<IReadOnlyList<McpTool>> ListAsync(RawServer server) =>
        Servers.ListAsync(At(server), Anna, CancellationToken.None);

    /// <summary>Calls the echo tool.</summary>
    public ValueTask<McpOutcome> CallAsync(
        RawServer server, Action<string>? progress = null, TimeSpan? timeout = null, CancellationToken cancellation = default) =>
        Servers.CallAsync(
            At(server) with { CallTimeout = timeout ?? TimeSpan.FromSeconds(30) },
            new McpTool("echo", JsonElement.Parse("{}")),
            JsonElement.Parse("""{"text":"hello"}"""),
            Anna,
            progress,
            cancellation);

    public static string Text(McpOutcome outcome) =>
        string.Join("\n", outcome.Parts.OfType<TextPart>().Select(part => part.Text));

    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        _http.Dispose();
        _logging.Dispose();
    }
}
