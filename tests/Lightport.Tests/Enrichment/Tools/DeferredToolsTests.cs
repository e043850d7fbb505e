using System.Text.Json.Nodes;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Tools;

/// <summary>Tools of a server that a client does not want shown before its search has named them.</summary>
public sealed class DeferredToolsTests
{
    private const string Search = """{"type":"tool_search_tool_bm25_20251119","name":"tool_search_tool_bm25"}""";

    [Theory]
    [InlineData("claude", Search, true)]
    [InlineData("claude", null, false)]
    [InlineData("house", Search, false)]
    public async Task Toolset_ThatIsDeferred_WaitsForASearch_WhereThereIsOne(string model, string? search, bool waits)
    {
        using var tools = new ToolGateway(rounds: "{ most: 5, time: 1m }, most-tools: 1");
        tools.Says(model, false, new Said("", ("call_1", "read", "{}")), new Said("It is so."));
        string own = search is null ? "" : $"{search},";

        ClientCall call = await tools.Gateway.SendAsync(GatewayEndpoints.Messages, $$$"""
            {"model":"{{{model}}}","max_tokens":64,"messages":[{"role":"user","content":"Read it."}],
             "mcp_servers":[{"type":"url","name":"docs","url":"https://docs.example/mcp"}],
             "tools":[{{{own}}}{"type":"mcp_toolset","mcp_server_name":"docs","default_config":{"defer_loading":true},
              "configs":{"read":{"defer_loading":false} } }]}
            """);

        Assert.Equal(200, call.Status);
        Assert.Equal("read", Assert.Single(tools.Servers.Calls).Tool);
        JsonNode[] told = [.. tools.Upstream.Seen[0].Json["tools"]!.AsArray().OfType<JsonNode>()];
        string?[] deferred =
            [.. told.Where(tool => (bool?)tool["defer_loading"] == true).Select(tool => (string?)tool["name"])];
        Assert.Equal(waits ? ["search"] : [], deferred);
    }
}
