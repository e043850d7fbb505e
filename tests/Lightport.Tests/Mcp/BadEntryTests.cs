using System.Text.Json.Nodes;
using Lightport.Mcp;
using ModelContextProtocol.Protocol;

namespace Lightport.Tests.Mcp;

/// <summary>Servers that say less of what they have than the protocol wants, where the package reads a null.</summary>
public sealed class BadEntryTests
{
    /// <summary>A client that is told one of them may take nothing of the list, other servers' included.</summary>
    [Fact]
    public async Task Entries_ThatAreNotWhole_AreLeftOutAlone()
    {
        await using var world = new McpWorld();
        await using RawServer server = Saying(call => call.Rpc switch
        {
            "resources/list" => """{"resources":[{"uri":"a://1","name":null},{"uri":"a://2","name":"two"}]}""",
            "resources/templates/list" =>
                """{"resourceTemplates":[{"uriTemplate":"a:{1}","name":null},{"uriTemplate":"a:{2}","name":"two"}]}""",
            _ => """
                {"prompts":[{"name":"one","arguments":[null]},{"name":"two","arguments":null},
                {"name":"three","arguments":[{"name":null}]}]}
                """.ReplaceLineEndings(""),
        });
        McpServer docs = McpWorld.At(server);

        Assert.Equal(
            ["a://2"], (await world.Catalog.ResourcesAsync(docs, McpWorld.Anna, default)).Select(one => one.Uri));
        Assert.Equal(
            ["a:{2}"],
            (await world.Catalog.TemplatesAsync(docs, McpWorld.Anna, default)).Select(one => one.UriTemplate));
        Assert.Equal(
            ["two"], (await world.Catalog.PromptsAsync(docs, McpWorld.Anna, default)).Select(one => one.Name));
    }

    [Theory]
    [InlineData("""{"contents":null}""")]
    [InlineData("""{"contents":[null]}""")]
    [InlineData("""{"contents":[{"uri":"a://1"}]}""")]
    public async Task Resource_ThatIsNotWhole_IsAFailureOfItsServer(string said) => await FailsAsync(
        said, world => server => world.Catalog.ReadAsync(server, "a://1", McpWorld.Anna, default).AsTask());

    [Theory]
    [InlineData("""{"messages":null}""")]
    [InlineData("""{"messages":[null]}""")]
    [InlineData("""{"messages":[{"role":"user","content":{"type":"text","text":null}}]}""")]
    public async Task Prompt_ThatIsNotWhole_IsAFailureOfItsServer(string said) => await FailsAsync(
        said, world => server => world.Catalog.PromptAsync(server, "p", null, McpWorld.Anna, default).AsTask());

    [Theory]
    [InlineData("""{"completion":null}""")]
    [InlineData("""{"completion":{"values":null}}""")]
    [InlineData("""{"completion":{"values":[null]}}""")]
    public async Task Completion_ThatIsNotWhole_IsAFailureOfItsServer(string said)
    {
        var asked = new CompleteRequestParams
        {
            Ref = new PromptReference { Name = "p" },
            Argument = new Argument { Name = "a", Value = "b" },
        };
        await FailsAsync(
            said, world => server => world.Catalog.CompleteAsync(server, asked, McpWorld.Anna, default).AsTask());
    }

    private static async Task FailsAsync(string said, Func<McpWorld, Func<McpServer, Task>> ask)
    {
        await using var world = new McpWorld();
        await using RawServer server = Saying(_ => said);

        var failure = await Assert.ThrowsAsync<McpException>(() => ask(world)(McpWorld.At(server)));

        Assert.Equal("unreadable", failure.Word);
    }

    private static RawServer Saying(Func<RawCall, string> said) => new(request => request.Rpc == "server/discover"
        ? request.ResultAsync("""
            {"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"resources":{},"prompts":{},"completions":{}},"ttlMs":0,"cacheScope":"public"}
            """)
        : request.ResultAsync(Complete(said(request))));

    private static string Complete(string said)
    {
        JsonObject result = JsonNode.Parse(said)!.AsObject();
        result["resultType"] = "complete";
        return result.ToJsonString();
    }
}
