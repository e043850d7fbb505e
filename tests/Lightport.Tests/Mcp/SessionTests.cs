using Lightport.Mcp;

namespace Lightport.Tests.Mcp;

/// <summary>Servers that were started anew while the gateway knew them.</summary>
public sealed class SessionTests
{
    private const string NoSession = """
        {"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request: No valid session ID provided"},"id":null}
        """;

    /// <summary>The protocol says 404; many servers say what the examples of its TypeScript package do.</summary>
    [Theory]
    [InlineData(404, "")]
    [InlineData(404, NoSession)]
    [InlineData(400, NoSession)]
    [InlineData(400, "")]
    public async Task Calls_AfterTheServerHasForgottenTheSession_AreAllMadeInANewOne(int status, string body)
    {
        await using var world = new McpWorld();
        int sessions = 0;
        int ran = 0;
        await using var server = new RawServer(call => call.Rpc switch
        {
            "server/discover" => call.ErrorAsync(-32601, "no such method", 400),
            "initialize" => call.ResultAsync(
                """{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"old","version":"1"}}""",
                $"Mcp-Session-Id: s{Interlocked.Increment(ref sessions)}\r\n"),
            "tools/call" when call.Header("Mcp-Session-Id") != $"s{sessions}" => call.JsonAsync(body, status),
            "tools/call" => McpWorld.SayAsync(call, $"{Interlocked.Increment(ref ran)}"),
            _ => call.AcceptedAsync(),
        });
        await world.CallAsync(server);
        Interlocked.Increment(ref sessions);

        McpOutcome[] outcomes =
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.CallAsync(server).AsTask()));

        Assert.All(outcomes, outcome => Assert.False(outcome.IsError, McpWorld.Text(outcome)));
        Assert.Equal(6, ran);
    }

    [Fact]
    public async Task Call_RefusedInANewSession_TellsWhatIsWrongWithIt()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Older(call => call.ErrorAsync(-32602, "there is no such city", 400));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("rpc_error", outcome.Failure);
        Assert.Contains("there is no such city", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    /// <summary>A call that was begun has its answer, whatever is found out about the connection meanwhile.</summary>
    [Fact]
    public async Task Call_ThatIsUnderWayWhenTheSessionIsFoundOver_GoesOnToItsEnd()
    {
        await using var world = new McpWorld();
        var isFound = new TaskCompletionSource();
        int calls = 0;
        await using RawServer server = McpWorld.Older(async call =>
        {
            switch (Interlocked.Increment(ref calls))
            {
                case 1:
                    await isFound.Task.WaitAsync(TimeSpan.FromSeconds(30));
                    await McpWorld.SayAsync(call, "slow");
                    break;
                case 2:
                    await call.JsonAsync("", 404);
                    break;
                default:
                    await McpWorld.SayAsync(call, "anew");
                    break;
            }
        });
        await world.ListAsync(server);
        Task<McpOutcome> slow = world.CallAsync(server).AsTask();
        await UntilAsync(() => calls == 1);

        Assert.Equal("anew", McpWorld.Text(await world.CallAsync(server)));
        isFound.SetResult();
        Assert.Equal("slow", McpWorld.Text(await slow));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (int looked = 0; !isSo() && looked < 1000; looked++)
        {
            await timer.WaitForNextTickAsync();
        }

        Assert.True(isSo());
    }
}
