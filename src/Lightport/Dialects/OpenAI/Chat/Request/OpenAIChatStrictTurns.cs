using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Turns as the strictest chat templates take them: one system turn, at the start, and after it no two turns of the
/// user or of the assistant in a row. Qwen's raises "System message must be at the beginning."
/// (https://huggingface.co/Qwen/Qwen3.5-27B/blob/main/chat_template.jinja), Gemma's and Mistral's "Conversation roles
/// must alternate user/assistant/user/assistant/...".
/// </summary>
internal sealed class OpenAIChatStrictTurns
{
    private readonly List<Turn> _turns = [];
    private Turn? _system;

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
                (strict._system ??= new Turn(message)).Add(message);
            }
            else
            {
                strict.Add(InUserTurn(message));
            }
        }

        IEnumerable<Message> turns = strict._turns.Select(turn => turn.ToMessage());
        return strict._system is { } system ? turns.Prepend(AsOneText(system.ToMessage())) : turns;
    }

    private void Add(Message message)
    {
        if (_turns.Count == 0 || !_turns[^1].CanTake(message))
        {
            _turns.Add(new Turn(message));
        }

        _turns[^1].Add(message);
    }

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

    /// <summary>What becomes one message.</summary>
    private sealed class Turn(Message first)
    {
        private readonly List<ContentPart> _parts = [];
        private readonly List<Extension> _extensions = [];

        public bool CanTake(Message message) =>
            message.Role == first.Role && message.Role != Role.Tool && message.Name == first.Name;

        public void Add(Message message)
        {
            _parts.AddRange(message.Parts);
            _extensions.AddRange(message.Extensions);
        }

        public Message ToMessage() => first with { Parts = _parts, Extensions = _extensions };
    }
}
