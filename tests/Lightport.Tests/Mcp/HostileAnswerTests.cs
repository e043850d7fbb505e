using Lightport.Mcp;
using Lightport.Mcp.Connections;

namespace Lightport.Tests.Mcp;

/// <summary>Answers that are made to break whoever reads them: each is the failure of its own call.</summary>
public sealed class HostileAnswerTests
{
    private const string Text = """{"content":[{"type":"text","text":"t"}]}""";

    [Theory]
    [InlineData("""{"content":[],"content":[{"type":"text","text":"t"}]}""")]
    [InlineData("""{"_meta":{"a":1},"_meta":{},"content":[{"type":"text","text":"t"}]}""")]
    [InlineData("""{"content":[{"type":"text","text":"\ud800"}]}""")]
    public async Task Call_WithAResultThatCannotBeRead_SaysSo(string result)
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => call.ResultAsync(result));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal(("unreadable", true), (outcome.Failure, outcome.IsError));
    }

    [Fact]
    public async Task Call_WithAResultOfTooManyValues_SaysSo()
    {
        await using var world = new McpWorld();
        string wide = string.Concat(Enumerable.Range(0, 150_000).Select(number => $"\"{number}\":1,"));
        await using RawServer server = McpWorld.Stateless(
            call => call.ResultAsync($$"""{"structuredContent":{ {{wide}}"last":1},{{Text[1..]}}"""));

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("too_large", outcome.Failure);
        Assert.Contains("100000 values", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_InWhoseAnswerTheServerAsksAndAsks_IsEnded()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Older(async call =>
        {
            await call.EventsAsync();
            for (int i = 0; i < 100_000; i++)
            {
                await call.EventAsync($$"""{"jsonrpc":"2.0","id":"s{{i}}","method":"ping"}""");
            }
        });

        McpOutcome outcome = await world.CallAsync(server);

        Assert.Equal("too_large", outcome.Failure);
        Assert.InRange(server.Asked.Count(asked => asked.Length == 0), 0, McpBounds.MostServerRequests + 2);
    }

    /// <summary>There clouds give keys to their machines, and no configuration means that.</summary>
    [Theory]
    [InlineData("http://169.254.169.254/latest")]
    [InlineData("http://[::ffff:169.254.169.254]/latest")]
    [InlineData("http://[fd00:ec2::254]/latest")]
    public async Task Server_WhereACloudGivesKeys_IsNotReached(string address)
    {
        using var http = new McpHttp();
        using var invoker = new HttpMessageInvoker(http.Handler(allowsPrivate: true), disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address));

        HttpRequestException refused = await Assert.ThrowsAsync<HttpRequestException>(
            () => invoker.SendAsync(request, CancellationToken.None));

        Assert.Contains("no address that may be reached", refused.ToString(), StringComparison.Ordinal);
    }
}
