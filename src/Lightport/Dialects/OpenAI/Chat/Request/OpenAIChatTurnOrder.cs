using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Chat wants the answers to tool calls directly after the turn that made the calls; other dialects let a system or
/// user turn stand between. What stood between comes after them.
/// </summary>
internal static class OpenAIChatTurnOrder
{
    /// <param name="messages">As the client ordered them.</param>
    /// <param name="systemTurns">Where the target takes system turns.</param>
    public static IEnumerable<Message> Arrange(IReadOnlyList<Message> messages, SystemTurns systemTurns) =>
        systemTurns == SystemTurns.InPlace
            ? ResultsAfterCalls(messages)
            : OpenAIChatStrictTurns.Arrange(ResultsAfterCalls(messages), systemTurns);

    private static IEnumerable<Message> ResultsAfterCalls(IReadOnlyList<Message> messages)
    {
        int next = 0;
        while (next < messages.Count)
        {
            Message message = messages[next++];
            yield return message;
            if (message.Role != Role.Assistant || !message.Parts.Any(part => part is ToolCallPart))
            {
                continue;
            }

            int end = next;
            while (end < messages.Count && messages[end].Role != Role.Assistant)
            {
                end++;
            }

            foreach (bool results in (bool[])[true, false])
            {
                for (int i = next; i < end; i++)
                {
                    if (messages[i].Role == Role.Tool == results)
                    {
                        yield return messages[i];
                    }
                }
            }

            next = end;
        }
    }
}
