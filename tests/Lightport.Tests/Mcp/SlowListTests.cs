using Lightport.Mcp;
using Lightport.Tests.Transport;

namespace Lightport.Tests.Mcp;

/// <summary>How long requests wait for servers that do not list their tools.</summary>
public sealed class SlowListTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task List_OfAServerThatHangs_TakesNoLongerThanItsTimeout()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        await using RawServer server = Hanging(() => time.Advance(Timeout));

        McpException refused = await RefusedAsync(world, server);

        Assert.Contains("did not answer in time", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AfterOneThatFailed_FailsAtOnceAndAsksNobody()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        await using RawServer server = Hanging(() => time.Advance(Timeout));
        McpException first = await RefusedAsync(world, server);

        McpException second = await RefusedAsync(world, server);

        Assert.Equal(first.Message, second.Message);
        Assert.Single(server.Calls);
    }

    [Fact]
    public async Task List_OfAServerThatHangsAgain_IsWaitedForBriefly()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        int asked = 0;
        await using var server = new RawServer(async call =>
        {
            // The second request asks and waits at once: the clock is moved when it does wait.
            bool isFirst = ++asked == 1;
            await (isFirst ? Task.CompletedTask : time.WaitedFor(Pause));
            time.Advance(isFirst ? Timeout : Pause);
            await call.HungUpAsync();
        });
        McpException first = await RefusedAsync(world, server);
        time.Advance(Pause);

        McpException second = await RefusedAsync(world, server);

        Assert.Equal(first.Message, second.Message);
        Assert.Equal(2, server.Calls.Count);
    }

    [Fact]
    public async Task List_OfAServerThatIsBack_IsHadAfterThePause()
    {
        var time = new ManualTime();
        await using var world = new McpWorld(time);
        bool isAway = true;
        await using var server = new RawServer(call => isAway ? call.JsonAsync("", 503) : call.Rpc == "tools/list"
            ? call.ResultAsync($$"""{"tools":[{{McpWorld.EchoTool}}]}""")
            : call.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}"""));
        await RefusedAsync(world, server);
        isAway = false;
        await RefusedAsync(world, server);
        time.Advance(Pause);

        Assert.Single(await world.ListAsync(server));
    }

    private static async Task<McpException> RefusedAsync(McpWorld world, RawServer server) =>
        await Assert.ThrowsAsync<McpException>(async () => await world.Servers.ListAsync(
            McpWorld.At(server) with { CallTimeout = Timeout }, McpWorld.Anna, CancellationToken.None));

    private static RawServer Hanging(Action asked) => new(call =>
    {
        asked();
        return call.HungUpAsync();
    });
}
