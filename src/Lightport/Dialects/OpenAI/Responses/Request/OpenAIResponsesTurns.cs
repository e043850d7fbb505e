using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Puts items together into turns: whatever the model said in a row is one turn, as it was one answer. A message right
/// behind another begins anew, as it may be what a client has put there, and what came before must stay as it was.
/// </summary>
internal sealed class OpenAIResponsesTurns
{
    private readonly List<Message> _messages = [];
    private List<ContentPart>? _answer;

    /// <summary>The model goes on with its turn.</summary>
    public void Say(ContentPart part) => (_answer ??= []).Add(part);

    /// <summary>The model says something to the user.</summary>
    public void Say(IReadOnlyList<ContentPart> message)
    {
        if (_answer is [.., TextPart or RefusalPart])
        {
            EndAnswer();
        }

        (_answer ??= []).AddRange(message);
    }

    /// <summary>Gives a call of this turn, or the last text of it, the state that belongs to it.</summary>
    /// <param name="callId">Empty for the text.</param>
    public void Sign(OpaqueState state, string callId)
    {
        int place = _answer?.FindLastIndex(
            part => callId.Length > 0 ? MadeCall(part)?.CallId == callId : part is TextPart) ?? -1;
        if (place >= 0)
        {
            _answer![place] = Signed(_answer[place], state);
        }
    }

    /// <summary>Another turn than the model's.</summary>
    public void Add(Message message)
    {
        EndAnswer();
        _messages.Add(message);
    }

    public IReadOnlyList<Message> ToMessages()
    {
        EndAnswer();
        return _messages;
    }

    /// <summary>The provider's call, whoever ran it.</summary>
    private static ToolCallPart? MadeCall(ContentPart part) => part switch
    {
        ToolCallPart call => call,
        McpCallPart run => run.Made,
        McpApprovalRequestPart asked => asked.Made,
        _ => null,
    };

    private static ContentPart Signed(ContentPart part, OpaqueState state) => part switch
    {
        McpCallPart { Made: { } made } run => run with { Made = made with { State = state } },
        McpApprovalRequestPart { Made: { } made } asked => asked with { Made = made with { State = state } },
        _ => part with { State = state },
    };

    private void EndAnswer()
    {
        if (_answer is not null)
        {
            _messages.Add(new Message(Role.Assistant, _answer));
            _answer = null;
        }
    }
}
