using Lightport.Conversation;
using Lightport.Enrichment.Tools;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Says a turn in which a client brings back runs as its provider was told them at the time: for each round the model's
/// words and calls, then the results. The same turn is said the same each time, so that what was sent once is always
/// the beginning of what is sent next.
/// </summary>
/// <param name="offer">Finds the names that the model sees, where the client does not bring them back.</param>
/// <param name="questions">What has become of the calls that the client was asked about.</param>
internal sealed class ToldRuns(ToolOffer offer, AskedRuns questions)
{
    private readonly List<ContentPart> _turn = [];
    private readonly List<ToolResultPart> _results = [];
    private readonly HashSet<string> _searches = new(StringComparer.Ordinal);
    private int _round = -1;

    /// <summary>Whether a turn has anything that no provider is told as it stands.</summary>
    public static bool IsIn(Message message)
    {
        foreach (ContentPart part in message.Parts)
        {
            if (part is McpCallPart or McpResultPart or McpToolListPart or McpApprovalRequestPart
                or McpApprovalResponsePart)
            {
                return true;
            }
        }

        return false;
    }

    public void Say(Message message, List<Message> said)
    {
        for (int i = 0; i < message.Parts.Count; i++)
        {
            switch (message.Parts[i])
            {
                case McpToolListPart or McpApprovalResponsePart:
                case McpCallPart { ApprovalId: { } approvalId } when questions.AsksFor(approvalId):
                case McpResultPart late when questions.Answers(late.CallId):
                    break;
                case McpCallPart call:
                    EndRoundBefore(call.Round, message, said);
                    Note(call);
                    _turn.Add(Made(call.Made, call.CallId, call.Server, call.Name, call.Arguments));
                    break;
                case McpResultPart result:
                    _results.Add(_searches.Contains(result.CallId)
                        ? ToldSearch.Back(result, offer)
                        : new ToolResultPart(result.CallId, result.Parts) { IsError = result.IsError });
                    break;
                case McpApprovalRequestPart asked:
                    EndRoundBefore(asked.Round, message, said);
                    ToolCallPart made = Made(
                        asked.Made, asked.ApprovalId, asked.Server, asked.Name, asked.Arguments);
                    _turn.Add(made);
                    _results.Add(questions.ResultOf(asked.ApprovalId) with { CallId = made.CallId });
                    break;
                case var tied when MixedIds.IsTied(tied):
                    _turn.Add(MixedIds.Untied(tied));
                    break;
                case var part:
                    if (_results.Count > 0 && NextRound(message, i) != _round)
                    {
                        EndRound(message, said);
                    }

                    _turn.Add(part);
                    break;
            }
        }

        EndRound(message, said);
    }

    /// <summary>An id may be another call's in another round.</summary>
    private void Note(McpCallPart call)
    {
        _searches.Remove(call.CallId);
        if (ToldSearch.Is(call))
        {
            _searches.Add(call.CallId);
        }
    }

    /// <summary>The call as its provider made it, by the name that the model was told the tool by.</summary>
    private ToolCallPart Made(ToolCallPart? made, string id, string server, string name, string arguments)
    {
        string told = made is { Name.Length: > 0 } ? made.Name
            : offer.Find(server, name)?.Name ?? $"{server}__{name}";
        return made is null ? new ToolCallPart(id, told, arguments) : made with { Name = told };
    }

    /// <summary>The round of the next call in the turn; none where there is none.</summary>
    private int NextRound(Message message, int from)
    {
        for (int i = from; i < message.Parts.Count; i++)
        {
            if (MixedIds.IsTied(message.Parts[i]))
            {
                return _round;
            }

            if (message.Parts[i] is McpCallPart { ApprovalId: null } call)
            {
                return call.Round;
            }

            if (message.Parts[i] is McpApprovalRequestPart asked)
            {
                return asked.Round;
            }
        }

        return -1;
    }

    private void EndRoundBefore(int round, Message message, List<Message> said)
    {
        if (round != _round && _results.Count > 0)
        {
            EndRound(message, said);
        }

        _round = round;
    }

    /// <summary>Results stand in the order of their calls, in whatever order they came.</summary>
    private void EndRound(Message message, List<Message> said)
    {
        if (_turn.Count > 0)
        {
            said.Add(message with { Parts = [.. _turn] });
        }

        if (_results.Count > 0)
        {
            List<string> order = [.. _turn.OfType<ToolCallPart>().Select(call => call.CallId)];
            said.Add(new Message(Role.Tool, [.. _results.OrderBy(result => order.IndexOf(result.CallId))]));
        }

        _turn.Clear();
        _results.Clear();
        _round = -1;
    }
}
