using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The conversation cut into turns that the API takes: system text on top, turns of one role merged, no empty text,
/// every tool result in the turn right after its call.
/// </summary>
internal sealed class AnthropicMessagesTurns
{
    private readonly AnthropicMessagesParts _parts;
    private readonly bool _own;
    private readonly CallIds _callIds = new();
    private AnthropicMessagesTurn? _assistant;

    private AnthropicMessagesTurns(ChatRequest request, LossLedger losses)
    {
        _own = AnthropicMessagesRequestEncoder.IsOwn(request);
        _parts = new AnthropicMessagesParts(losses, _own);
    }

    public List<ContentPart> System { get; } = [];

    public List<AnthropicMessagesTurn> Turns { get; } = [];

    public bool UsesFiles => _parts.UsesFiles;

    /// <summary>Thinking of earlier turns is sent back.</summary>
    public bool BringThinking => Turns.Exists(turn => turn.Blocks.Any(part => part is ReasoningPart));

    /// <summary>
    /// The model is in the middle of calling tools, and its last turn does not begin with thinking that it signed:
    /// thinking with a budget would be refused
    /// (https://platform.claude.com/docs/en/build-with-claude/extended-thinking).
    /// </summary>
    public bool InUnsignedToolLoop =>
        Turns.Count > 0 && Turns[^1].HasResults
        && _assistant?.Blocks is not [ReasoningPart, ..];

    public static AnthropicMessagesTurns Build(
        ChatRequest request, LossLedger losses, CancellationToken cancellationToken)
    {
        var turns = new AnthropicMessagesTurns(request, losses);
        IReadOnlyList<Message> messages =
            ForeignAsides.LeaveOut(request.Messages, DialectIds.AnthropicMessages, losses);
        UnansweredCalls.Check(messages, request.Dialect, losses);
        for (int i = 0; i < messages.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            turns.Add(messages[i], i);
        }

        turns.AddFirst();
        return turns;
    }

    private void Add(Message message, int place)
    {
        switch (message.Role)
        {
            case Role.System or Role.Developer:
                AddSystem(message, place);
                break;
            case Role.Assistant when _own:
                foreach (ContentPart part in _parts.Writable(message, place))
                {
                    AddAssistant(part, message);
                }

                break;
            case Role.Assistant:
                AddFirst();
                foreach (ContentPart part in Trimmed(_parts.Writable(message, place)))
                {
                    AddAssistant(part, message);
                }

                break;
            default:
                foreach (ContentPart part in _parts.Writable(message, place))
                {
                    AddUser(part, message);
                }

                AddFirst();
                break;
        }
    }

    private void AddSystem(Message message, int place)
    {
        List<ContentPart> parts = _parts.Writable(message, place);
        bool plain = !_own || message.Extensions.Count == 0;
        if (Turns.Count == 0 && plain && parts.TrueForAll(part => part is TextPart or OpaquePart { IsAside: true }))
        {
            System.AddRange(parts);
        }
        else if (_own)
        {
            // The client knows where its model takes such a turn; with no content it only changes settings.
            var turn = new AnthropicMessagesTurn("system") { Extensions = message.Extensions };
            parts.ForEach(turn.Add);
            Turns.Add(turn);
        }
        else
        {
            // Most models refuse system turns past the start, and moving the text to the top would put it before what
            // it speaks about and spoil the cached prefix. So it stays in place, in the words that the models know
            // for it.
            foreach (ContentPart part in parts)
            {
                Turn("user", []).Add(part is TextPart text
                    ? text with { Text = $"<system-reminder>\n{text.Text}\n</system-reminder>" }
                    : part);
            }
        }
    }

    private void AddAssistant(ContentPart part, Message message)
    {
        AnthropicMessagesTurn turn = Turn("assistant", message.Extensions);
        if (turn != _assistant)
        {
            _assistant = turn;
            _callIds.BeginTurn();
        }

        turn.Add(part is ToolCallPart call ? call with { CallId = _callIds.NameCall(call.CallId) } : part);
    }

    private void AddUser(ContentPart part, Message message)
    {
        AnthropicMessagesTurn turn = Turn("user", message.Extensions);
        if (part is not ToolResultPart result)
        {
            turn.Add(part);
        }
        else if (_callIds.NameResult(result.CallId) is { } name)
        {
            (ToolResultPart told, IReadOnlyList<ContentPart> behind) =
                FailedResult.InWords(result with { CallId = name });
            turn.Add(told);
            foreach (ContentPart other in behind)
            {
                turn.Add(other);
            }
        }
        else
        {
            // No call waits for it (history cut short, or answered already): the API would refuse the block.
            turn.Add(new TextPart($"Result of an earlier tool call ({result.CallId}):"));
            foreach (ContentPart inner in result.Parts)
            {
                turn.Add(inner);
            }
        }
    }

    /// <summary>The last turn where it has this role, else a new one.</summary>
    private AnthropicMessagesTurn Turn(string role, IReadOnlyList<Extension> extensions)
    {
        bool carries = _own && extensions.Count > 0;
        if (Turns.Count > 0 && Turns[^1] is var last && last.Role == role
            && (carries ? ReferenceEquals(last.Extensions, extensions) : last.Extensions.Count == 0))
        {
            return last;
        }

        var turn = new AnthropicMessagesTurn(role) { Extensions = carries ? extensions : [] };
        Turns.Add(turn);
        return turn;
    }

    /// <summary>
    /// Where nothing stands yet, a turn with the text that the API demands: a system prompt alone is a request
    /// elsewhere, and so is a history that the assistant begins, which is what comes of it.
    /// </summary>
    private void AddFirst()
    {
        if (Turns.Count == 0)
        {
            Turn("user", []).Add(new TextPart("."));
        }
    }

    /// <summary>
    /// An answer without white space at its end: the API refuses it where the model is to go on from there, and what
    /// was sent so once is sent so again when more has come after it.
    /// </summary>
    private static List<ContentPart> Trimmed(List<ContentPart> parts)
    {
        if (parts is [.., TextPart last])
        {
            parts[^1] = last with { Text = last.Text.TrimEnd() };
        }

        return parts;
    }
}
