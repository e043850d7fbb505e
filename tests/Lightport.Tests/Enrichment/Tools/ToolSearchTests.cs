using System.Text.Json.Nodes;
using Lightport.Tests.Enrichment.Rounds;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Tools;

/// <summary>Of too many tools the model may look for those that it was not shown: <c>tool-search: on</c>.</summary>
public sealed class ToolSearchTests
{
    private static readonly Said Looks = new("", ("call_1", "find_tools", """{"query":"invoice of a customer"}"""));
    private static readonly Said Calls = new("", ("call_2", "get_invoice", "{}"));
    private static readonly Said Last = new("It is paid.");

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string model in ToolWire.All.Keys)
            {
                cases.Add(model, true);
                cases.Add(model, false);
            }

            return cases;
        }
    }

    /// <summary>What was found stands behind what was there, and stays there in later turns.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Tool_ThatIsFound_IsOfferedFromThereOn(string model, bool showsRuns)
    {
        using ToolGateway tools = WithMany();
        tools.Says(model, false, Looks, Calls, Last, new Said("Yes."));
        JsonArray turns = [ToolGateway.User("Search the web.")];

        ClientCall call = await SendAsync(tools, model, turns, showsRuns);

        Assert.Equal(200, call.Status);
        Assert.Equal("get_invoice", Assert.Single(tools.Servers.Calls).Tool);
        Assert.Equal(["search", "find_tools"], Shown(tools.Upstream.Seen[0]));
        if (model == "claude")
        {
            Assert.Equal(
                """{"type":"tool_reference","tool_name":"get_invoice"}""",
                tools.Upstream.Seen[1].Json["messages"]![2]!["content"]![0]!["content"]![0]!.ToJsonString());
        }
        else
        {
            Assert.Equal(["search", "find_tools", "get_invoice"], Shown(tools.Upstream.Seen[1]));
        }

        if (showsRuns)
        {
            turns.Add(new JsonObject { ["role"] = "assistant", ["content"] = call.Json["content"]!.DeepClone() });
        }
        else
        {
            turns.Add(call.Json["choices"]![0]!["message"]!.DeepClone());
        }

        turns.Add(ToolGateway.User("Sure?"));
        await SendAsync(tools, model, turns, showsRuns);

        Assert.Equal(Names(tools.Upstream.Seen[2]), Names(tools.Upstream.Seen[3]));
        JsonArray before = Turns(tools.Upstream.Seen[2]);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            Turns(tools.Upstream.Seen[3]).Take(before.Count).Select(turn => turn!.ToJsonString()));
    }

    [Fact]
    public async Task Nothing_ThatFits_IsSaid()
    {
        using ToolGateway tools = WithMany();
        tools.Says("chat", false, new Said("", ("call_1", "find_tools", """{"query":"zebra"}""")), Last);

        await SendAsync(tools, "chat", [ToolGateway.User("Search the web.")], showsRuns: false);

        Assert.Contains("No tool fits.", tools.Upstream.Last.Body, StringComparison.Ordinal);
        Assert.Equal(["search", "find_tools"], Shown(tools.Upstream.Last));
    }

    [Fact]
    public async Task Tools_ThatAreNotTooMany_NeedNoSearch()
    {
        using var tools = new ToolGateway(rounds: "{ most: 5, time: 1m }, tool-search: on");
        tools.Says("chat", false, Last);

        await SendAsync(tools, "chat", [ToolGateway.User("Search the web.")], showsRuns: false);

        Assert.Equal(["read", "search"], Shown(tools.Upstream.Last));
    }

    private static ToolGateway WithMany()
    {
        var tools = new ToolGateway(rounds: "{ most: 5, time: 1m }, most-tools: 1, tool-search: on");
        tools.Servers.Tools["docs"] =
        [
            FakeMcpServers.Tool("search"),
            FakeMcpServers.Tool("read"),
            FakeMcpServers.Tool("get_invoice") with { Description = "The invoice of a customer." },
        ];
        return tools;
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, string model, JsonArray turns, bool showsRuns) =>
        showsRuns
            ? tools.Gateway.SendAsync(
                GatewayEndpoints.Messages,
                $$"""{"model":"{{model}}","max_tokens":64,"messages":{{turns.ToJsonString()}}}""")
            : tools.ChatAsync(model, false, [.. turns.Select(turn => turn!)]);

    /// <summary>The tools that the model sees.</summary>
    private static IReadOnlyList<string> Shown(SeenRequest seen) =>
        [.. Tools(seen).Where(tool => (bool?)tool["defer_loading"] != true).Select(Name)];

    private static IReadOnlyList<string> Names(SeenRequest seen) => [.. Tools(seen).Select(Name)];

    private static IEnumerable<JsonNode> Tools(SeenRequest seen)
    {
        JsonArray tools = seen.Json["tools"]!.AsArray();
        return (tools[0]!["functionDeclarations"]?.AsArray() ?? tools).Select(tool => tool!);
    }

    private static string Name(JsonNode tool) => (string)(tool["name"] ?? tool["function"]!["name"])!;

    private static JsonArray Turns(SeenRequest seen) =>
        (seen.Json["messages"] ?? seen.Json["contents"])!.DeepClone().AsArray();
}
