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
        int next = 0;
        foreach (Insertion insertion in session.Insertions.OrderBy(insertion => insertion.Before))
        {
            int before = Math.Min(insertion.Before, request.Messages.Count);
            for (; next < before; next++)
            {
                turns.Add(request.Messages[next]);
            }

            turns.AddRange(insertion.Messages);
            next = Math.Min(Math.Max(next, before + insertion.Replaces), request.Messages.Count);
        }

        turns.AddRange(request.Messages.Skip(next));
        return request with { Messages = turns, Tools = [.. request.Tools, .. session.Tools] };
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
            added.Add(new Insertion(AfterSystem(request), [new Message(Role.System, first)]));
        }

        if (turn.Count > 0 && NewTurn(request) is { } place)
        {
            added.Add(new Insertion(place, [new Message(Role.User, turn)]));
        }

        return added.Count == 0 ? session : session with { Insertions = [.. session.Insertions, .. added] };
    }

    /// <summary>
    /// Where the user's new turn begins; null where only results of tools have come, in front of which nothing may be
    /// put: the turn that they belong to has been told.
    /// </summary>
    public static int? NewTurn(ChatRequest request)
    {
        int? place = null;
        for (int i = request.Messages.Count - 1; i >= 0 && request.Messages[i].Role != Role.Assistant; i--)
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

    private static List<ContentPart> Of(IReadOnlyList<ContextPiece> pieces, ContextPlace place) =>
        [.. pieces.Where(piece => piece.Place == place).Select(piece => new TextPart(piece.Text))];
}
