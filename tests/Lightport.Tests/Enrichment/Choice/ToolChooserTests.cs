using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Choice;
using Lightport.Mcp;

namespace Lightport.Tests.Enrichment.Choice;

public sealed class ToolChooserTests
{
    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    [Fact]
    public void Tools_ThatAreNotTooMany_AreAllTaken() =>
        Assert.Equal([0, 1, 2], ToolChooser.Choose([.. Tools(3)], Asked("anything"), kept: 0, most: 3));

    [Fact]
    public void Tools_ThatAnswerBest_AreTaken_InTheirOwnOrder()
    {
        McpTool[] tools =
        [
            .. Tools(50),
            new McpTool("forecast", Empty) { Description = "The weather of the next days" },
            .. Tools(50),
            new McpTool("lookup", JsonElement.Parse("""{"properties":{"city":{},"weather":{}}}""")),
        ];

        Assert.Equal([0, 50, 101], ToolChooser.Choose(tools, Asked("How is the weather?"), kept: 0, most: 3));
    }

    [Fact]
    public void Tools_ThatWereChosenBefore_Stay() =>
        Assert.Equal(
            [0, 1, 4],
            ToolChooser.Choose(
                [.. Tools(4), new McpTool("weather", Empty)], Asked("weather"), kept: 2, most: 3));

    [Fact]
    public void Tools_AreTheSameOnEveryTurn_AlsoWhereNothingIsRemembered()
    {
        McpTool[] tools = [new McpTool("mail", Empty), new McpTool("weather", Empty)];
        ChatRequest request = Asked("weather");

        Assert.Equal([1], ToolChooser.Choose(tools, request, kept: 0, most: 1));
        Assert.Equal([1], ToolChooser.Choose(
            tools,
            request with
            {
                Messages =
                [
                    .. request.Messages,
                    new Message(Role.Assistant, [new TextPart("It is warm.")]),
                    new Message(Role.User, [new TextPart("Now send a mail, a mail")]),
                ],
            },
            kept: 0,
            most: 1));
    }

    [Fact]
    public void Tools_WhoseDefinitionsAreTooLong_LeaveRoomForOthers()
    {
        var large = new McpTool("weather", Empty) { Description = new string('x', ToolChooser.MostTokens * 5) };

        Assert.Equal([1, 2], ToolChooser.Choose([large, .. Tools(2)], Asked("weather"), kept: 0, most: 3));
    }

    private static IEnumerable<McpTool> Tools(int count) =>
        Enumerable.Range(0, count).Select(i => new McpTool($"tool_{i}", Empty) { Description = "Does something." });

    private static ChatRequest Asked(string text) => new()
    {
        Model = "m",
        Dialect = "openai-chat",
        Messages = [new Message(Role.User, [new TextPart(text)])],
    };
}
