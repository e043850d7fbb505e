using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Tests.Dialects;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Tests.Laws;
using Xunit.Abstractions;

namespace Lightport.Tests.Strict;

/// <summary>What is undone in an answer is the answer's only change, streamed or whole, over recorded answers.</summary>
public sealed class AnswerRestorationTests(ITestOutputHelper output)
{
    private static readonly AnswerRestoration Names = new()
    {
        ToolNames = new Dictionary<string, string> { ["get_weather"] = "the.client's/get_weather" },
    };

    [Theory]
    [InlineData(null)]
    [InlineData("lightport_structured_output")]
    public void RecordedAnswers_WithoutTheReservedTool_SayTheSameButForTheNames(string? answerTool)
    {
        AnswerRestoration restoration = Names with { AnswerTool = answerTool };
        var differing = new List<string>();
        int streams = 0;
        int wholes = 0;
        foreach (RecordedAnswer answer in Recordings.All.Where(one => one.Status == 200))
        {
            if (answer.Dialect is not (DialectIds.OpenAIChat or DialectIds.AnthropicMessages))
            {
                continue;
            }

            ICoders dialect = answer.Dialect == DialectIds.OpenAIChat ? ChatWire.Dialect : Wire.Dialect;
            if (answer.IsStream)
            {
                streams++;
                string plain = Told(ChatWire.DecodeStream(answer.Text, decoder: dialect.CreateStreamDecoder()));
                IAnswerDecoder restored = restoration.Restore(dialect.CreateStreamDecoder(), new AnswerLosses());
                Compare(answer, plain, Told(ChatWire.DecodeStream(answer.Text, decoder: restored)), differing);
            }
            else if (Decode(dialect, answer) is { } whole && (answerTool is null || whole.Choices.Count == 1))
            {
                wholes++;
                Compare(
                    answer,
                    Told([.. ResponseReplay.Events(whole)]),
                    Told([.. ResponseReplay.Events(restoration.Restore(whole, new AnswerLosses()))]),
                    differing);
            }
        }

        output.WriteLine($"{streams} streams and {wholes} whole answers");
        Assert.True(differing.Count == 0, string.Join('\n', differing.Take(5)));
    }

    private static ChatResponse? Decode(ICoders dialect, RecordedAnswer answer)
    {
        try
        {
            return dialect.DecodeResponse(answer.Body);
        }
        catch (GatewayException)
        {
            // An error in a success, or an answer of another operation: nothing to restore.
            return null;
        }
    }

    private static void Compare(RecordedAnswer answer, string plain, string restored, List<string> differing)
    {
        string expected = plain.Replace("call get_weather ", "call the.client's/get_weather ", StringComparison.Ordinal);
        if (expected != restored)
        {
            differing.Add($"{answer.Id}\n- {expected}\n+ {restored}");
        }
    }

    /// <summary>An answer in a line for each of its parts, pieces joined.</summary>
    private static string Told(List<StreamEvent> events)
    {
        StreamAccumulator fold = ChatWire.Fold(events);
        var told = new StringBuilder(fold.Error?.Message);
        foreach (ChatChoice choice in fold.ToResponse().Choices)
        {
            foreach (ContentPart part in choice.Parts)
            {
                told.Append('\n').Append(part switch
                {
                    TextPart text => $"text {text.Text} {text.Citations.Count}",
                    ReasoningPart thought => $"thought {thought.Text} {thought.State}",
                    ToolCallPart call => $"call {call.Name} {call.CallId} {call.Arguments} {call.State}",
                    _ => part.GetType().Name,
                });
            }

            told.Append('\n').Append(choice.Finish.Reason);
        }

        return told.ToString();
    }
}
