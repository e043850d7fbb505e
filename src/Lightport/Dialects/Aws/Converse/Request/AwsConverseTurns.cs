using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// The conversation cut into turns that Bedrock takes: system text on top, then the user's turn and the assistant's one
/// after the other, no empty text, every tool result in the turn right after its call.
/// </summary>
internal sealed class AwsConverseTurns
{
    /// <summary>The wire has no <c>toolChoice</c> that wants none, so that words have to do.</summary>
    private const string CallsAreOver = "Answer now with what you have: no tool can be called any more.";

    private readonly AwsConverseParts _parts;
    private readonly bool _mergesSystem;
    private readonly bool _marksErrors;
    private readonly CallIds _callIds = new(AwsConverseWire.LongestCallId);
    private AwsConverseTurn? _assistant;

    private AwsConverseTurns(AwsConverseFamily family, EncodingContext context)
    {
        _parts = new AwsConverseParts(family, context.Losses);
        _marksErrors = family.MarksErrors;
        _mergesSystem = context.Traits.SystemTurns == SystemTurns.Merged;
    }

    public List<ContentPart> System { get; } = [];

    public List<AwsConverseTurn> Turns { get; } = [];

    /// <summary>
    /// The model is in the middle of calling tools, and its last turn does not begin with thinking that it signed:
    /// thinking with a budget would be refused.
    /// </summary>
    public bool InUnsignedToolLoop => Turns.Count > 0 && Turns[^1].HasResults && _assistant?.BeginsSigned != true;

    public static AwsConverseTurns Build(ChatRequest request, AwsConverseFamily family, EncodingContext context)
    {
        IReadOnlyList<Message> messages =
            ForeignAsides.LeaveOut(request.Messages, DialectIds.AwsConverse, context.Losses);
        UnansweredCalls.Check(messages, request.Dialect, context.Losses);
        var turns = new AwsConverseTurns(family, context);
        for (int i = 0; i < messages.Count; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            turns.Add(messages[i], i);
        }

        turns.AddFirst();
        return turns;
    }

    private void Add(Message message, int place)
    {
        List<ContentPart> parts = _parts.Writable(message, place);
        switch (message.Role)
        {
            case Role.System or Role.Developer when Turns.Count == 0 || _mergesSystem:
                System.AddRange(parts.OfType<TextPart>());
                break;
            case Role.System or Role.Developer:
                // Bedrock has no place for it here, and moving it to the top would put it before what it speaks about
                // and spoil the cached prefix.
                foreach (ContentPart part in parts)
                {
                    Turn("user").Add(part is TextPart text
                        ? text with { Text = $"<system-reminder>\n{text.Text}\n</system-reminder>" }
                        : part);
                }

                break;
            case Role.Assistant:
                AddFirst();
                foreach (ContentPart part in Trimmed(parts))
                {
                    AddAssistant(part);
                }

                break;
            default:
                AddUser(parts);
                if (message.EndsCalls)
                {
                    Turn("user").Add(new TextPart(CallsAreOver));
                }

                AddFirst();
                break;
        }
    }

    /// <summary>
    /// A document wants words beside it
    /// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html): its own message's, so
    /// that what comes later changes nothing.
    /// </summary>
    private void AddUser(List<ContentPart> parts)
    {
        foreach (ContentPart part in parts)
        {
            AddUser(part);
        }

        if (parts.Exists(part => part is FilePart) && !parts.Exists(part => part is TextPart))
        {
            Turn("user").Add(new TextPart("."));
        }
    }

    private void AddAssistant(ContentPart part)
    {
        AwsConverseTurn turn = Turn("assistant");
        if (turn != _assistant)
        {
            _assistant = turn;
            _callIds.BeginTurn();
        }

        turn.Add(part is ToolCallPart call ? call with { CallId = _callIds.NameCall(call.CallId) } : part);
    }

    private void AddUser(ContentPart part)
    {
        AwsConverseTurn turn = Turn("user");
        if (part is not ToolResultPart result)
        {
            turn.Add(part);
        }
        else if (_callIds.NameResult(result.CallId) is { } name)
        {
            ToolResultPart named = result with { CallId = name };
            (ToolResultPart told, IReadOnlyList<ContentPart> behind) =
                _marksErrors ? FailedResult.InWords(named) : (named, []);
            turn.Add(told);
            foreach (ContentPart other in behind)
            {
                turn.Add(other);
            }
        }
        else
        {
            // No call waits for it (history cut short, or answered already): the block would be refused.
            turn.Add(new TextPart($"Result of an earlier tool call ({result.CallId}):"));
            foreach (ContentPart inner in result.Parts)
            {
                turn.Add(inner);
            }
        }
    }

    /// <summary>The last turn where it has this role, else a new one.</summary>
    private AwsConverseTurn Turn(string role)
    {
        if (Turns.Count > 0 && Turns[^1].Role == role)
        {
            return Turns[^1];
        }

        var turn = new AwsConverseTurn(role);
        Turns.Add(turn);
        return turn;
    }

    /// <summary>A conversation begins with the user: where nothing stands yet, with a turn that says nothing.</summary>
    private void AddFirst()
    {
        if (Turns.Count == 0)
        {
            Turn("user").Add(new TextPart("."));
        }
    }

    /// <summary>
    /// An answer without white space at its end: Claude refuses it where it is to go on from there, and what was sent
    /// so once is sent so again when more has come after it.
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
