using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Turns as the strictest chat templates take them: one system turn, at the start, and after it no two turns of the
/// user or of the assistant in a row. Qwen's raises "System message must be at the beginning."
/// (https://huggingface.co/Qwen/Qwen3.5-27B/blob/main/chat_template.jinja), Gemma's and Mistral's "Conversation roles
/// must alternate user/assistant/user/assistant/...".
/// </summary>
internal sealed class OpenAIChatStrictTurns
{
    private readonly List<Message> _turns = [];
    private Message? _system;

    private OpenAIChatStrictTurns()
    {
    }

    public static IEnumerable<Message> Arrange(IEnumerable<Message> messages, SystemTurns systemTurns)
    {
        var strict = new OpenAIChatStrictTurns();
        foreach (Message message in messages)
        {
            if (message.Role is not (Role.System or Role.Developer))
            {
                strict.Add(message);
            }
            else if (systemTurns == SystemTurns.Merged || strict._turns.Count == 0)
            {
                strict._system = strict._system is { } first ? Join(first, message) : message;
            }
            else
            {
                strict.Add(InUserTurn(message));
            }
        }

        return strict._system is { } system ? strict._turns.Prepend(AsOneText(system)) : strict._turns;
    }

    private void Add(Message message)
    {
        if (_turns is [.., var last] && last.Role == message.Role && message.Role != Role.Tool
            && last.Name == message.Name)
        {
            _turns[^1] = Join(last, message);
        }
        else
        {
            _turns.Add(message);
        }
    }

    private static Message Join(Message first, Message second) => first with
    {
        Parts = [.. first.Parts, .. second.Parts],
        Extensions = [.. first.Extensions, .. second.Extensions],
    };

    /// <summary>In words that models know for it.</summary>
    private static Message InUserTurn(Message system) => system with
    {
        Role = Role.User,
        Parts =
        [
            .. system.Parts.Select(part => part is TextPart text
                ? text with { Text = $"<system-reminder>\n{text.Text}\n</system-reminder>" }
                : part),
        ],
    };

    /// <summary>Templates that take a string alone for the system turn are many.</summary>
    private static Message AsOneText(Message system)
    {
        if (system.Parts.Count < 2 || !system.Parts.All(part => part is TextPart))
        {
            return system;
        }

        var joined = new TextPart(string.Join("\n\n", system.Parts.OfType<TextPart>().Select(part => part.Text)))
        {
            Cache = system.Parts.Select(part => part.Cache).FirstOrDefault(cache => cache is not null),
            Extensions = [.. system.Parts.SelectMany(part => part.Extensions)],
        };
        return system with { Parts = [joined] };
    }
}
