using System.Text.Json;
using Lightport.Mcp;
using Lightport.Tests.Transport;

namespace Lightport.Tests.Mcp;

/// <summary>Servers that are slow, gone, endless, or speak garbage: each a clear outcome, and nothing left running.</summary>
public sealed class BadServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task Call_WithoutAnAnswer_EndsInTimeAndHangsUp()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        var hungUp = new TaskCompletionSource();
        await using RawServer server = McpWorld.Stateless(async call =>
        {
            time.Advance(Patience);
            await call.HungUpAsync();
            hungUp.SetResult();
        });

        McpOutcome outcome = await world.CallAsync(server, timeout: Patience);

        Assert.Equal("timeout", outcome.Failure);
        Assert.True(outcome is { IsError: true, MayHaveRun: true });
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Call_OfAnEndlessStream_EndsInTimeAndHangsUp()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        var hungUp = new TaskCompletionSource();
        await using RawServer server = McpWorld.Stateless(async call =>
        {
            await call.EventsAsync();
            await call.EventAsync("""{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}""");
            time.Advance(Patience);
            await call.HungUpAsync();
            hungUp.SetResult();
        });

        McpOutcome outcome = await world.CallAsync(server, timeout: Patience);

        Assert.Equal("timeout", outcome.Failure);
        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Call_OfWhomNobodyWaitsForAnyMore_IsBrokenOff()
    {
        await using var world = new McpWorld();
        using var gone = new CancellationTokenSource();
        var hungUp = new TaskCompletionSource();
        await using RawServer server = McpWorld.Stateless(async call =>
        {
            await gone.CancelAsync();
            await call.HungUpAsync();
            hungUp.SetResult();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await world.CallAsync(server, cancellation: gone.Token));

        await hungUp.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Call_OfAnOlderServerThatIsBrokenOff_IsToldByAMessage()
    {
        await using var world = new McpWorld();
        using var gone = new CancellationTokenSource();
        var told = new TaskCompletionSource<string>();
        await using var server = new RawServer(call => call.Rpc switch
        {
            "initialize" => call.ResultAsync("""
                {"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"old","version":"1"}}
                """),
            "server/discover" => call.ErrorAsync(-32601, "no such method", 400),
            "tools/call" => Task.WhenAll(gone.CancelAsync(), call.HungUpAsync()),
            "notifications/cancelled" => Told(call),
            _ => call.AcceptedAsync(),
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await world.CallAsync(server, cancellation: gone.Token));

        string id = await told.Task.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(server.Calls.Single(call => call.Rpc == "tools/call").Id, id);

        Task Told(RawCall call)
        {
            told.TrySetResult(call.Parameters!["requestId"]!.ToJsonString());
            return call.AcceptedAsync();
        }
    }

    [Theory]
    [InlineData("this is no JSON", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[1, 2]", "application/json")]
    [InlineData("<html>Welcome</html>", "text/html")]
    [InlineData("<html>Welcome</html>", "text/event-stream")]
    [InlineData("", "application/json")]
    [InlineData("data: nothing\n\n", "text/event-stream; charset=klingon")]
    public async Task Call_AnsweredWithGarbage_IsAnOutcomeThatSaysSo(string body, string type)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.JsonAsync(body, type: type));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.True(outcome.IsError);
        Assert.Equal("no_answer", outcome.Failure);
        Assert.Contains("'docs'", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"content":7}""")]
    [InlineData("""{"content":[{"type":"unheard-of"}]}""")]
    [InlineData("""{"content":[{"type":"image"}]}""")]
    [InlineData("null")]
    public async Task Call_WithAResultThatIsNone_IsAnOutcomeThatSaysSo(string result)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.ResultAsync(result));

        Assert.Equal("unreadable", (await world.CallAsync(server)).Failure);
    }

    [Fact]
    public async Task Call_AnsweredWithTenMegabytes_TakesNoMoreThanIsBounded()
    {
        await using var world = new McpWorld();
        string much = new('x', 10 * 1024 * 1024);
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, much));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("too_large", outcome.Failure);
        Assert.True(outcome.MayHaveRun);
    }

    [Fact]
    public async Task Call_AnsweredWithALongText_CutsItAndSaysSo()
    {
        await using var world = new McpWorld();
        string much = new('x', 1024 * 1024);
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, much));

        string text = McpWorld.Text(await world.CallAsync(server));

        Assert.InRange(text.Length, 256 * 1024, (256 * 1024) + 200);
        Assert.EndsWith("[The gateway cut this text off, which has 1048576 characters.]", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_ThatAsksTheUser_IsANamedErrorAndAsksNothing()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.ResultAsync("""
            {"resultType":"input_required","requestState":"s","inputRequests":{"name":{"method":"elicitation/create",
             "params":{"message":"Who are you?","requestedSchema":{"type":"object","properties":{}}}}}}
            """));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("input_required", outcome.Failure);
        Assert.Single(server.Asked, asked => asked == "tools/call");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://127.0.0.1:1/")]
    public async Task Call_ThatLeadsElsewhere_IsNotFollowed(string elsewhere)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(
            call => call.JsonAsync("", 307, $"Location: {elsewhere}\r\n"));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("http_error", outcome.Failure);
        Assert.Contains("not followed", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(429, false)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public async Task Call_RefusedByHttp_IsAnOutcomeWithItsStatus(int status, bool mayHaveRun)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.JsonAsync("<html>canary</html>", status, type: "text/html"));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal(("http_error", mayHaveRun), (outcome.Failure, outcome.MayHaveRun));
        Assert.Contains($"HTTP {status}", McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.DoesNotContain("canary", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_AnsweredWithAnErrorOfTheProtocol_TellsIt()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.ErrorAsync(-32602, "there is no such city"));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("rpc_error", outcome.Failure);
        Assert.Equal(
            "The MCP server 'docs' failed. It answered with an error: there is no such city", McpWorld.Text(outcome));
    }

    [Fact]
    public async Task Call_OfAServerThatIsGone_HasSurelyNotRun()
    {
        await using var world = new McpWorld();
        RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        await world.CallAsync(server);
        await server.DisposeAsync();

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal(("unreachable", false), (outcome.Failure, outcome.MayHaveRun));
    }

    [Fact]
    public async Task Call_ThatBreaksInTheMiddle_MayHaveRun()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(async call =>
        {
            await call.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
            throw new IOException("It hangs up.");
        });

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal(("broken", true), (outcome.Failure, outcome.MayHaveRun));
    }

    [Fact]
    public async Task Call_OfAPublicServerWhoseNameLeadsInside_IsRefused()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        McpServer admitted = McpWorld.At(server) with { AllowsPrivate = false };

        McpOutcome outcome = await world.Servers.CallAsync(
            admitted, new McpTool("echo", JsonElement.Parse("{}")), JsonElement.Parse("{}"), McpWorld.Anna, null, default);

        Assert.Equal("unreachable", outcome.Failure);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task List_OfAServerThatIsAway_ServesTheLastOneAndSaysSo()
    {
        await using var world = new McpWorld();
        bool isAway = false;
        await using var server = new RawServer(call => isAway
            ? call.JsonAsync("", 503)
            : call.Rpc == "server/discover"
                ? call.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}""")
                : call.ResultAsync($$"""{"tools":[{{McpWorld.EchoTool}}],"ttlMs":0,"cacheScope":"public"}"""));
        await world.ListAsync(server);
        isAway = true;

        IReadOnlyList<McpTool> tools = await world.ListAsync(server);

        Assert.Equal(["echo"], tools.Select(tool => tool.Name));
        Assert.Contains(world.Log.Lines, line => line.EventId == 903);
    }
}
