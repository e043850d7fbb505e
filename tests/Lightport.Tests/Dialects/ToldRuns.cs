using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Tests.Dialects;

/// <summary>An answer in which the gateway has run tools of its own, two at once, one of them with a state.</summary>
internal static class ToldRuns
{
    public static McpCallPart Find { get; } = new("call_1", "docs", "find", """{"q":1}""")
    {
        Made = new ToolCallPart("call_1", "docs__find", """{"q":1}""")
        {
            State = new OpaqueState(StateFormats.Gemini, "c2ln"),
        },
        Round = 2,
    };

    public static McpApprovalRequestPart Question { get; } = new("call_1", "docs", "find", """{"q":1}""")
    {
        Made = new ToolCallPart("call_1", "docs__find", """{"q":1}"""),
        Round = 2,
    };

    public static ChatResponse Answer { get; } = AnswerOf(
        new McpToolListPart(
            "docs",
            [
                new ToolDefinition("find")
                {
                    Description = "Finds.",
                    Parameters = JsonElement.Parse("""{"type":"object"}"""),
                },
            ]),
        Find,
        new McpCallPart("call.2", "docs", "drop", "{}") { Made = new ToolCallPart("call.2", "drop", "{}"), Round = 2 },
        new McpResultPart("call_1", [new TextPart("one")]),
        new McpResultPart("call.2", [new TextPart("no")]) { IsError = true },
        new TextPart("Done."));

    public static ChatResponse AnswerOf(params IReadOnlyList<ContentPart> parts) => new()
    {
        Id = "a",
        Model = "m",
        Choices = [new ChatChoice(0, parts, new Finish(FinishReason.Stop))],
        Usage = new TokenUsage { Input = 1, Output = 1 },
    };

    /// <summary>
    /// What was told came back, but for the ids that clients are told and lists that they need not be; each result
    /// behind its call.
    /// </summary>
    public static void Same(IReadOnlyList<ContentPart> told, IReadOnlyList<ContentPart> back)
    {
        Assert.Equal(Calls(told), Calls(back));
        Assert.Equal(told.OfType<McpResultPart>().Select(Said), back.OfType<McpResultPart>().Select(Said));
    }

    private static IEnumerable<string> Calls(IReadOnlyList<ContentPart> parts) =>
        parts.Where(part => part is not (McpToolListPart or McpResultPart)).Select(Said);

    private static string Said(ContentPart part) => part switch
    {
        McpCallPart call =>
            $"{call.CallId} {call.Server} {call.Name} {call.Arguments} {call.Round} {call.Made} {call.Made?.State}",
        McpResultPart result => $"{result.CallId} {result.IsError} {string.Join('|', result.Parts.Select(Said))}",
        TextPart text => text.Text,
        _ => part.ToString(),
    };
}
