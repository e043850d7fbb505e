using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>A client may demand a call of tools that its route has, though it has sent none itself.</summary>
public sealed class ForcedChoiceTests
{
    private const string Chat = """{"model":"MODEL","messages":[{"role":"user","content":"Is it so?"}],"tool_choice":""";
    private const string Messages =
        """{"model":"MODEL","max_tokens":64,"messages":[{"role":"user","content":"Is it so?"}],"tool_choice":""";
    private const string Responses = """{"model":"MODEL","store":false,"input":"Is it so?","tool_choice":""";

    private static readonly Said Call = new("", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData(Chat, "\"required\"}", "\"required\"")]
    [InlineData(Chat, """{"type":"function","function":{"name":"search"}}}""", "search")]
    [InlineData(Messages, """{"type":"any"}}""", "\"required\"")]
    [InlineData(Messages, """{"type":"tool","name":"search"}}""", "search")]
    [InlineData(Responses, "\"required\"}", "\"required\"")]
    [InlineData(Responses, """{"type":"function","name":"search"}}""", "search")]
    [InlineData(Responses, """{"type":"mcp","server_label":"docs","name":"search"}}""", "search")]
    public async Task Choice_OfARoutesTools_IsMetByThem(string body, string choice, string told)
    {
        using var tools = new ToolGateway();
        tools.Says("house", false, Call, Last);

        ClientCall call = await SendAsync(tools, body, "house", choice);

        Assert.Equal(200, call.Status);
        Assert.Single(tools.Servers.Calls);
        Assert.Contains(told, tools.Upstream.Seen[0].Json["tool_choice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("auto", (string?)tools.Upstream.Seen[1].Json["tool_choice"]);
    }

    /// <summary>A model that calls another tool all the same is told that this one is not run.</summary>
    [Theory]
    [InlineData(Chat, """{"type":"function","function":{"name":"search"}}}""")]
    [InlineData(Messages, """{"type":"tool","name":"search"}}""")]
    [InlineData(Responses, """{"type":"mcp","server_label":"docs","name":"search"}}""")]
    public async Task Choice_OfOneTool_LetsNoOtherBeRun(string body, string choice)
    {
        using var tools = new ToolGateway();
        var both = new Said("", ("call_1", "read", "{}"), ("call_2", "search", """{"q":"a"}"""));
        tools.Says("house", false, both, new Said("", ("call_3", "read", "{}")), Last);

        ClientCall call = await SendAsync(tools, body, "house", choice);

        Assert.Equal(200, call.Status);
        Assert.Equal(["search", "read"], tools.Servers.Calls.Select(run => run.Tool));
        Assert.Contains("lets other tools be called", tools.Upstream.Seen[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Messages, "plain", """{"type":"any"}}""")]
    [InlineData(Messages, "house", """{"type":"tool","name":"sing"}}""")]
    [InlineData(Chat, "house", """{"type":"function","function":{"name":"sing"}}}""")]
    [InlineData(Responses, "house", """{"type":"function","name":"sing"}}""")]
    public async Task Choice_ThatNobodyMeets_IsA400(string body, string model, string choice)
    {
        using var tools = new ToolGateway();

        ClientCall call = await SendAsync(tools, body, model, choice);

        Assert.Equal(400, call.Status);
        Assert.Contains(
            model == "plain" ? "tool" : "asks for 'sing', and neither this request nor the route of its model has",
            call.Error("message"),
            StringComparison.Ordinal);
        Assert.Empty(tools.Upstream.Seen);
    }

    /// <summary>OpenAI's completions of old have no words for tools: the chat of the same provider has.</summary>
    [Fact]
    public async Task Completion_OfARouteWithTools_IsAskedAsAChat()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, Call, Last);

        ClientCall call = await tools.Gateway.SendAsync(
            GatewayEndpoints.Completions, """{"model":"chat","prompt":"Is it so?"}""");

        Assert.Equal(200, call.Status);
        Assert.Equal("It is so.", (string?)call.Json["choices"]![0]!["text"]);
        Assert.Equal("text_completion", (string?)call.Json["object"]);
        Assert.EndsWith("/chat/completions", tools.Upstream.Last.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Single(tools.Servers.Calls);
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, string body, string model, string choice) =>
        tools.Gateway.SendAsync(
            body == Chat ? GatewayEndpoints.ChatCompletions
                : body == Messages ? GatewayEndpoints.Messages
                : GatewayEndpoints.Responses,
            body.Replace("MODEL", model, StringComparison.Ordinal) + choice);
}
