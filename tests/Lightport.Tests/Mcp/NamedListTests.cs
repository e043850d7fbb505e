using Lightport.Mcp;
using Lightport.Mcp.Identity;

namespace Lightport.Tests.Mcp;

/// <summary>What is remembered of servers that clients name themselves.</summary>
public sealed class NamedListTests
{
    /// <summary>The same server with ever other tokens, as one client can show.</summary>
    [Fact]
    public async Task Lists_OfServersThatClientsName_AreFew_AndPushOutNoneOfAConfiguredOne()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        await world.ListAsync(server);
        for (int i = 0; i < 129; i++)
        {
            await ListAsync(world, server, i);
        }

        int asked = Asked(server);
        await world.ListAsync(server);
        Assert.Equal(asked, Asked(server));
        await ListAsync(world, server, 0);
        Assert.Equal(asked + 1, Asked(server));
    }

    private static ValueTask<IReadOnlyList<McpTool>> ListAsync(McpWorld world, RawServer server, int token) =>
        world.Servers.ListAsync(
            McpWorld.At(server) with { IsConfigured = false, Identity = new ClientToken($"token {token}") },
            McpWorld.Anna,
            CancellationToken.None);

    private static int Asked(RawServer server) => server.Asked.Count(asked => asked == "tools/list");
}
