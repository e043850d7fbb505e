using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.RealClients;
using Lightport.EndToEnd.Upstream;
using OpenAI;
using OpenAI.Chat;

namespace Lightport.EndToEnd.Mcp;

/// <summary>
/// The vendors' own clients at models whose tools the gateway runs, at a provider of every wire, with a real MCP
/// server: what they see is the same whoever answers.
/// </summary>
[Collection(PeerGroup.Name)]
public sealed class RunsClientTests(PeerFixture fixture)
{
    private const string Sum = "The sum of 2 and 3 is 5.";
    private const string Both = $"{Sum} then sunny in Oslo";

    private const string Told = """
        "mcp_list_tools.in_progress","mcp_list_tools.completed","mcp_call.in_progress",
        "mcp_call_arguments.delta","mcp_call_arguments.done","mcp_call.completed"
        """;

    private static readonly Dictionary<string, string> Seen = new()
    {
        ["responses"] = $$"""
            {"told":[{{Told}}],"items":["mcp_list_tools","message","mcp_call","message"],"text":"Let me add.{{Sum}}",
             "next":["message"],"nextText":"{{Sum}}"}
            """,
        ["toolset"] = $$"""
            {"items":["mcp_list_tools","message","mcp_call","message"],"output":"{{Sum}}","status":"completed"}
            """,
        ["progress"] = """{"goesOn":true,"end":"mcp_call.completed"}""",
        ["approval"] = $$"""
            {"asked":["mcp_list_tools","message","mcp_approval_request"],
             "told":["mcp_call.in_progress","mcp_call_arguments.delta","mcp_call_arguments.done","mcp_call.completed"],
             "items":["mcp_call","message"],"text":"{{Sum}}","forged":"invalid_seal"}
            """,
        ["responsesMixed"] = $$"""
            {"items":["mcp_list_tools","mcp_call","function_call"],"text":"{{Both}}"}
            """,
        ["chat"] = $$"""
            {"text":"Let me add.\n\n{{Sum}}","told":["sums.get-sum running","sums.get-sum completed"],
             "nextText":"{{Sum}}","nextTold":[]}
            """,
        ["chatMixed"] = $$"""
            {"calls":["weather"],"told":["sums.get-sum running","sums.get-sum completed"],"text":"{{Both}}"}
            """,
        ["messages"] = $$"""
            {"blocks":["text","mcp_tool_use","mcp_tool_result","text"],"finish":"end_turn","output":"{{Sum}}",
             "next":["text"]}
            """,
        ["messagesMixed"] = $$"""
            {"blocks":["mcp_tool_use","tool_use","mcp_tool_result"],"finish":"tool_use","text":"{{Both}}"}
            """,
        ["agents"] = $"\"{Sum}\"",
        ["agentsApprove"] = $"\"{Sum}\"",
        ["google"] = $"\"Let me add.\\n\\n{Sum}\"",
        ["interactions"] = $$"""
            {"told":["sums.get-sum"],"steps":["model_output","mcp_server_tool_call","mcp_server_tool_result","model_output"],
             "output":"{{Sum}}","next":["model_output"]}
            """,
    };

    /// <summary>Google is asked by Interactions as its client asks, and by generateContent for all others.</summary>
    public static TheoryData<string, string> Cases => Providers.Times([.. Seen.Keys]);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Client_SeesTheSame_WhoeverAnswers(string scenario, string provider)
    {
        JsonElement seen = await fixture.Clients.ResultAsync("runs", provider, scenario);

        Json.Equal(Seen[scenario], seen);
    }

    /// <summary>Google hears Interactions itself: each round is one, streamed, that begins as the one before.</summary>
    [Fact]
    public async Task Google_IsAskedByInteractions_RoundAfterRound_AsTheyWereSaid()
    {
        await fixture.Clients.ResultAsync("runs", Providers.Gemini, "interactions");

        JsonElement[] asked =
        [
            .. fixture.Upstream.CallsOf("sum").Where(call => call.Wire == Wire.Interactions).Select(call => call.Body),
        ];
        string[][] said =
        [
            .. asked.Select(body => body.GetProperty("input").EnumerateArray().Select(step => step.GetRawText())
                .ToArray()),
        ];
        Assert.Equal(
            [true, true, false],
            asked.Select(body => body.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean()));
        Assert.Equal(said[0], said[1].Take(said[0].Length));
        Assert.Equal(said[1], said[2].Take(said[1].Length));
        Assert.Contains("\"function_result\"", said[1][^1], StringComparison.Ordinal);
    }

    /// <summary>NuGet <c>OpenAI</c>, which knows each of its fields by type, passes over one that it does not.</summary>
    [Fact]
    public async Task ChatClientOfDotNet_ReadsAnAnswerThatTellsOfRuns()
    {
        var options = new OpenAIClientOptions { Endpoint = new Uri(fixture.Gateway, "v1") };
        options.AddPolicy(new AskingToBeTold(), PipelinePosition.PerCall);
        ChatClient client = new OpenAIClient(new ApiKeyCredential(Canary.ClientKey), options)
            .GetChatClient("run-oai/sum");
        ChatMessage[] messages = [new UserChatMessage(Canary.Prompt)];

        ClientResult<ChatCompletion> whole = await client.CompleteChatAsync(messages);
        string text = "";
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync(messages))
        {
            text += string.Concat(update.ContentUpdate.Select(part => part.Text));
        }

        Assert.Equal($"Let me add.\n\n{Sum}", text);
        Assert.Equal(text, whole.Value.Content[0].Text);
        Assert.Contains("\"lightport\"", whole.GetRawResponse().Content.ToString(), StringComparison.Ordinal);
    }

    private sealed class AskingToBeTold : PipelinePolicy
    {
        public override void Process(
            PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Set("x-lightport-tell", "runs");
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(
            PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Set("x-lightport-tell", "runs");
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
