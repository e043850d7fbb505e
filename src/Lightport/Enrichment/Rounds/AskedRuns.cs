using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// What has become of the calls that clients were asked about: one is run once, right after its client said yes to it.
/// A no changes nothing about a call that an earlier yes has begun.
/// What came of it then stands in the answer after that, where the client brings it back.
/// </summary>
internal sealed class AskedRuns
{
    private readonly Dictionary<string, McpApprovalRequestPart> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, McpApprovalResponsePart> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _callOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ToolResultPart> _results = new(StringComparer.Ordinal);
    private readonly HashSet<string> _settled = new(StringComparer.Ordinal);

    /// <exception cref="GatewayException">An answer to a question that nobody has asked, or a second one.</exception>
    public AskedRuns(IReadOnlyList<Message> messages)
    {
        int last = -1;
        for (int i = 0; i < messages.Count; i++)
        {
            last = messages[i].Role == Role.Assistant ? i : last;
            foreach (ContentPart part in messages[i].Parts)
            {
                Note(part);
            }
        }

        foreach (McpApprovalRequestPart asked in _asked.Values)
        {
            if (_said.TryGetValue(asked.ApprovalId, out McpApprovalResponsePart? said)
                && !_results.ContainsKey(asked.ApprovalId)
                && messages.Skip(last + 1).Any(message => message.Parts.Contains(said)))
            {
                (said.Approved ? Approved : Denied).Add(asked);
            }
        }
    }

    /// <summary>Those that the client has just said yes to, in the order of the questions.</summary>
    public List<McpApprovalRequestPart> Approved { get; } = [];

    /// <summary>Those that the client has just said no to: an earlier yes may have run them all the same.</summary>
    public List<McpApprovalRequestPart> Denied { get; } = [];

    /// <summary>Those of which it is known just now what has come of them, in the order of the questions.</summary>
    public IEnumerable<McpApprovalRequestPart> Settled =>
        _asked.Values.Where(asked => _settled.Contains(asked.ApprovalId));

    public bool AsksFor(string approvalId) => _asked.ContainsKey(approvalId);

    /// <summary>Whether a call of that id is one that a client was asked about.</summary>
    public bool Answers(string callId) => _callOf.ContainsKey(callId);

    /// <summary>Takes what has come of a call that the client has just answered for.</summary>
    public void Take(McpApprovalRequestPart asked, ToolResultPart result)
    {
        _results[asked.ApprovalId] = result;
        _settled.Add(asked.ApprovalId);
    }

    /// <summary>What the model is told has come of a call.</summary>
    public ToolResultPart ResultOf(string approvalId)
    {
        if (_results.TryGetValue(approvalId, out ToolResultPart? result))
        {
            return result;
        }

        string why = !_said.TryGetValue(approvalId, out McpApprovalResponsePart? said)
            ? "Nobody has approved this call, and it was not run."
            : said.Approved
                ? "What came of this call is not known any more."
                : said.Reason is { Length: > 0 } reason
                    ? $"The user did not approve this call, and it was not run: {reason}"
                    : "The user did not approve this call, and it was not run.";
        return new ToolResultPart(approvalId, [new TextPart(why)]) { IsError = true };
    }

    private void Note(ContentPart part)
    {
        switch (part)
        {
            case McpApprovalRequestPart asked:
                _asked[asked.ApprovalId] = asked;
                break;
            case McpApprovalResponsePart said when !_asked.ContainsKey(said.ApprovalId):
                throw GatewayException.BadRequest(
                    $"'{said.ApprovalId}' is no question of this conversation's. Send the 'mcp_approval_request' that "
                    + "is answered, too.",
                    "approval_request_id",
                    "mcp_approval_unknown");
            case McpApprovalResponsePart said when !_said.TryAdd(said.ApprovalId, said):
                throw GatewayException.BadRequest(
                    $"'{said.ApprovalId}' is answered twice.", "approval_request_id", "mcp_approval_answered_twice");
            case McpCallPart { ApprovalId: { } approvalId } call when _asked.ContainsKey(approvalId):
                _callOf[call.CallId] = approvalId;
                break;
            case McpResultPart result when _callOf.TryGetValue(result.CallId, out string? approvalId):
                _results[approvalId] =
                    new ToolResultPart(result.CallId, result.Parts) { IsError = result.IsError };
                break;
        }
    }
}
