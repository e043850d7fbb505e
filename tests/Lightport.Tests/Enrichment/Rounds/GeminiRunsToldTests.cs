using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Microsoft.AspNetCore.Http;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>Clients of generateContent that ask for it are told of runs in a field beside the candidates.</summary>
public sealed class GeminiRunsToldTests
{
    private const string Body = """{"contents":[{"role":"user","parts":[{"text":"Is it so?"}]}]}""";

    private const string Run =
        """{"id":"call_1","round":0,"server":"docs","tool":"search","arguments":"{\"q\":\"a\"}","status":"completed","milliseconds":0}""";

    private static readonly Said First = new("", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");
    private static readonly Dictionary<string, string> Asks = new() { ["x-lightport-tell"] = "runs" };

    [Fact]
    public async Task WholeAnswer_HasThemBesideItsCandidates()
    {
        using var tools = new ToolGateway();
        tools.Says("chat", false, First, Last);

        ClientCall call = await SendAsync(tools, "generateContent", Asks);

        Assert.Equal(
            JsonNode.Parse($$"""{"runs":[{{Run}}]}""")!.ToJsonString(), call.Json["lightport"]!.ToJsonString());
        Assert.Equal(
            ["candidates", "usageMetadata", "modelVersion", "responseId", "lightport"],
            call.Json.AsObject().Select(field => field.Key));
    }

    [Theory]
    [InlineData("streamGenerateContent?alt=sse")]
    [InlineData("streamGenerateContent")]
    public async Task Stream_HasChunksOfItsOwn_WithoutCandidates_ThatKeepTheAnswersId(string method)
    {
        using var tools = new ToolGateway();
        tools.Servers.Progress = ["1 of 3"];
        tools.Says("chat", true, First, Last);

        ClientCall call = await SendAsync(tools, method, Asks);

        JsonNode[] chunks = Chunks(call);
        JsonNode[] told = [.. chunks.Where(chunk => chunk["lightport"] is not null)];
        Assert.Equal(
            [("running", null), ("running", "1 of 3"), ("completed", null)],
            told.Select(chunk => chunk["lightport"]!["runs"]![0]!)
                .Select(run => ((string?)run["status"], (string?)run["progress"])));
        Assert.All(told, chunk => Assert.Null(chunk["candidates"]));
        Assert.Single(chunks.Select(chunk => (string?)chunk["responseId"]).Distinct());
        Assert.Equal(
            "It is so.",
            string.Concat(chunks.Select(chunk => (string?)chunk["candidates"]?[0]!["content"]?["parts"]?[0]?["text"])));
    }

    [Theory]
    [InlineData("generateContent")]
    [InlineData("streamGenerateContent?alt=sse")]
    public async Task Client_ThatDoesNotAsk_IsToldNothing(string method)
    {
        using var tools = new ToolGateway();
        tools.Says("chat", method != "generateContent", First, Last);

        ClientCall call = await SendAsync(tools, method, []);

        Assert.DoesNotContain("lightport", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("call_1", call.Text, StringComparison.Ordinal);
    }

    private static async Task<ClientCall> SendAsync(
        ToolGateway tools, string method, Dictionary<string, string> headers)
    {
        string[] parts = method.Split('?');
        var call = new ClientCall("POST", $"/v1beta/models/chat:{parts[0]}", Body, headers, null);
        call.Context.Request.QueryString = new QueryString(parts.Length > 1 ? $"?{parts[1]}" : "");
        tools.Gateway.Start(
            parts[0] == "generateContent"
                ? GatewayEndpoints.GenerateContentBeta
                : GatewayEndpoints.StreamGenerateContentBeta,
            call);
        await call.Done;
        return call;
    }

    private static JsonNode[] Chunks(ClientCall call) => call.Text.StartsWith('[')
        ? [.. JsonNode.Parse(call.Text)!.AsArray().Select(chunk => chunk!)]
        :
        [
            .. call.Text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line[6..])!),
        ];
}
