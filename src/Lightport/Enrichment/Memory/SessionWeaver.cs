using Lightport.Conversation;
using Lightport.Enrichment.Sources;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Puts a session into the conversation that its client brings: always at the same places, so that what a provider was
/// told is the beginning of what it will be told.
/// </summary>
internal static class SessionWeaver
{
    /// <summary>The request as its provider is told it.</summary>
    /// <param name="request">As the client said it.</param>
    public static ChatRequest Weave(ChatRequest request, Session session)
    {
        if (session.Insertions.Count == 0 && session.Tools.Count == 0)
        {
            return request;
        }

        var turns = new List<Message>(request.Messages.Count + session.Insertions.Count);
        var providerIds = new Dictionary<string, string>(StringComparer.Ordinal);
        int next = 0;
        int run = 0;
        foreach (Insertion insertion in session.Insertions.OrderBy(insertion => insertion.Before))
        {
            for (; run < insertion.Before && next < request.Messages.Count; run++)
            {
                int end = TurnRuns.EndOf(request.Messages, next);
                turns.AddRange(Named(next, end));
                next = end;
            }

            turns.AddRange(insertion.Messages);
            for (; run < insertion.Before + insertion.Replaces && next < request.Messages.Count; run++)
            {
                int end = TurnRuns.EndOf(request.Messages, next);
                MadeIds.Note(request.Messages.Take(next..end), insertion.Messages, providerIds);
                next = end;
            }
        }

        turns.AddRange(Named(next, request.Messages.Count));
        return request with { Messages = turns, Tools = [.. request.Tools, .. session.Tools] };

        IEnumerable<Message> Named(int first, int end) =>
            request.Messages.Take(first..end).Select(message => MadeIds.Named(message, providerIds));
    }

    /// <summary>The session with what sources say for this turn.</summary>
    /// <param name="request">As the client said it.</param>
    public static Session Add(Session session, ChatRequest request, IReadOnlyList<ContextPiece> pieces)
    {
        List<ContentPart> first = Of(pieces, ContextPlace.System);
        List<ContentPart> turn = Of(pieces, ContextPlace.Turn);
        var added = new List<Insertion>(2);
        if (first.Count > 0)
        {
            added.Add(new Insertion(RunAt(request, AfterSystem(request)), [new Message(Role.System, first)]));
        }

        if (turn.Count > 0 && NewTurn(request) is { } place && RunAt(request, place) >= session.Told)
        {
            added.Add(new Insertion(RunAt(request, place), [new Message(Role.User, turn)]));
        }

        return added.Count == 0 ? session : session with { Insertions = [.. session.Insertions, .. added] };
    }

    /// <summary>
    /// The session with an answer that its client was told as one turn; the same where it was told just what the model
    /// said.
    /// </summary>
    /// <param name="request">As the client said it.</param>
    /// <param name="answer">The turns of the answer, as they go back to their provider.</param>
    public static Session AddAnswer(Session session, ChatRequest request, IReadOnlyList<Message> answer)
    {
        int run = RunAt(request, request.Messages.Count);
        Insertion? told = null;
        IEnumerable<Message> begun = [];
        if (request.Messages is [.., { Role: Role.Assistant }])
        {
            // The client has begun the answer itself, or lets one go on: for it that and the rest are one turn.
            run--;
            told = session.Insertions.FirstOrDefault(insertion => insertion.Before == run && insertion.Replaces > 0);
            begun = told?.Messages
                ?? request.Messages.Reverse().TakeWhile(turn => turn.Role == Role.Assistant).Reverse();
        }

        if (told is null && answer.Count == 1)
        {
            return session;
        }

        var whole = new Insertion(run, [.. begun, .. answer]) { Replaces = 1 };
        return session with
        {
            Insertions = [.. session.Insertions.Where(insertion => insertion != told), whole],
        };
    }

    /// <summary>
    /// Where the user's new turn begins, also where the client has begun the answer to it; null where only results of
    /// tools have come, in front of which nothing may be put: the turn that they belong to has been told.
    /// </summary>
    public static int? NewTurn(ChatRequest request)
    {
        int last = request.Messages.Count - 1;
        while (last >= 0 && request.Messages[last].Role == Role.Assistant)
        {
            last--;
        }

        int? place = null;
        for (int i = last; i >= 0 && request.Messages[i].Role != Role.Assistant; i--)
        {
            if (request.Messages[i].Role == Role.User)
            {
                place = i;
            }
        }

        return place;
    }

    /// <summary>Behind the system's words that a conversation begins with.</summary>
    private static int AfterSystem(ChatRequest request)
    {
        int place = 0;
        while (place < request.Messages.Count && request.Messages[place].Role is Role.System or Role.Developer)
        {
            place++;
        }

        return place;
    }

    private static int RunAt(ChatRequest request, int place) => TurnRuns.CountBefore(request.Messages, place);

    private static List<ContentPart> Of(IReadOnlyList<ContextPiece> pieces, ContextPlace place) =>
        [.. pieces.Where(piece => piece.Place == place).Select(piece => new TextPart(piece.Text))];
}
