using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Microsoft.Extensions.DependencyInjection;
using Said = Lightport.Tests.Enrichment.Rounds.ToolWire.Said;

namespace Lightport.Tests.Enrichment.Rounds;

/// <summary>
/// A result that a client cannot be told in full: the model is shown all of it in later turns too, and where that is
/// lost it is said.
/// </summary>
public sealed class ShownPicturesTests
{
    private const string Pixel = "iVBORw0KGgo=";

    private static readonly Said Call = new("Let me look. ", ("call_1", "search", """{"q":"a"}"""));
    private static readonly Said Last = new("It is so.");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Picture_IsShownAgain_WhereItsLineComesBack(bool isMessages)
    {
        using ToolGateway tools = Gateway();
        tools.Says("claude", false, Call, Last, Last);
        JsonArray turns = [ToolGateway.User("Is it so?")];
        ClientCall call = await SendAsync(tools, isMessages, turns);
        AddAnswer(turns, call, isMessages);
        JsonArray before = tools.Upstream.Last.Json["messages"]!.AsArray();

        ClientCall next = await SendAsync(tools, isMessages, turns);

        JsonArray after = tools.Upstream.Last.Json["messages"]!.AsArray();
        Assert.Contains("which the model was shown.]", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Pixel, call.Text, StringComparison.Ordinal);
        Assert.Contains(Pixel, before.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(
            before.Select(turn => turn!.ToJsonString()),
            after.Take(before.Count).Select(turn => turn!.ToJsonString()));
        Assert.Null(next.Header("x-lightport-answer-dropped"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Picture_ThatIsLost_IsALine_AndTold(bool isAway)
    {
        using ToolGateway tools = Gateway();
        using var other = new ToolGateway(configure: services =>
        {
            if (isAway)
            {
                services.AddSingleton<ISessionStore>(new AwaySessions());
            }
        });
        tools.Says("claude", false, Call, Last);
        JsonArray turns = [ToolGateway.User("Is it so?")];
        AddAnswer(turns, await SendAsync(tools, isMessages: true, turns), isMessages: true);
        other.Says("claude", false, Last);

        ClientCall next = await SendAsync(other, isMessages: true, turns);

        Assert.Equal((200, "tool_results"), (next.Status, next.Header("x-lightport-answer-dropped")));
        Assert.Contains("which the model was shown.]", other.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_OfAnApprovedCall_IsShownAgain()
    {
        using ToolGateway tools = Gateway(Approvals.Asks);
        tools.Says("house", false, Call, Last, Last);
        ClientCall asked = await Approvals.SendAsync(tools, [ToolGateway.User("Is it so?")]);
        JsonArray turns = Approvals.Yes("Is it so?", asked.Json["output"]!.AsArray());
        ClientCall call = await Approvals.SendAsync(tools, turns);
        string before = tools.Upstream.Last.Json["messages"]!.ToJsonString();
        AddAnswer(turns, call, isMessages: false);

        await Approvals.SendAsync(tools, turns);

        Assert.StartsWith(
            before[..^1], tools.Upstream.Last.Json["messages"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(Pixel, before, StringComparison.Ordinal);
    }

    private static ToolGateway Gateway(string server = "")
    {
        var tools = new ToolGateway(server: server);
        tools.Servers.Answer = (_, _, _) => Task.FromResult(new McpOutcome(
        [
            new TextPart("A picture: "), new ImagePart(MediaSource.FromBase64(Pixel, "image/png")),
        ]));
        return tools;
    }

    private static Task<ClientCall> SendAsync(ToolGateway tools, bool isMessages, JsonArray turns) =>
        tools.Gateway.SendAsync(
            isMessages ? GatewayEndpoints.Messages : GatewayEndpoints.Responses,
            (isMessages
                ? new JsonObject { ["model"] = "claude", ["max_tokens"] = 64, ["messages"] = turns.DeepClone() }
                : new JsonObject { ["model"] = "claude", ["input"] = turns.DeepClone(), ["store"] = false })
            .ToJsonString());

    private static void AddAnswer(JsonArray turns, ClientCall call, bool isMessages)
    {
        if (isMessages)
        {
            turns.Add(new JsonObject { ["role"] = "assistant", ["content"] = call.Json["content"]!.DeepClone() });
        }
        else
        {
            foreach (JsonNode? item in call.Json["output"]!.AsArray())
            {
                turns.Add(item!.DeepClone());
            }
        }

        turns.Add(ToolGateway.User("Sure?"));
    }
}
