using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Names a session by the turns that its client brings back, up to and with the last of the assistant's.
/// </summary>
internal static class SessionKey
{
    /// <summary>The key of what was put into the request's conversation so far; null where it only begins.</summary>
    /// <remarks>Where ids of calls are made, they are left out: names, arguments and order are all that is known.
    /// </remarks>
    public static string? Before(ChatRequest request) => Of(request, LastAnswer(request.Messages.Count, request));

    /// <summary>
    /// The same where the request ends in words that the client lays into the model's mouth: these belong to no answer
    /// that was told. Null where it does not, or where nothing was told before.
    /// </summary>
    public static string? BeforePrefill(ChatRequest request)
    {
        int turns = request.Messages.Count;
        while (turns > 0 && request.Messages[turns - 1].Role == Role.Assistant)
        {
            turns--;
        }

        return turns == request.Messages.Count ? null : Of(request, LastAnswer(turns, request));
    }

    /// <summary>
    /// The keys for the request that brings back this one's turns and this answer: two where it may do so with ids and
    /// without.
    /// </summary>
    public static IReadOnlyList<string> After(ChatRequest request, Message answer)
    {
        if (!request.CallIdsAreOptional)
        {
            return [After(request, answer, withoutIds: false)];
        }

        string nameless = After(request, answer, withoutIds: true);
        string named = MadeIds.AreIn(request.Messages) ? nameless : After(request, answer, withoutIds: false);
        return named == nameless ? [nameless] : [named, nameless];
    }

    private static string After(ChatRequest request, Message answer, bool withoutIds)
    {
        using TurnDigest digest = Begin(request, request.Messages.Count, withoutIds);
        digest.Add(answer);
        return digest.End();
    }

    /// <summary>How many turns there are up to and with the last of the assistant's.</summary>
    /// <param name="turns">Of so many.</param>
    private static int LastAnswer(int turns, ChatRequest request)
    {
        while (turns > 0 && request.Messages[turns - 1].Role != Role.Assistant)
        {
            turns--;
        }

        return turns;
    }

    private static string? Of(ChatRequest request, int turns)
    {
        if (turns == 0)
        {
            return null;
        }

        using TurnDigest digest = Begin(request, turns, MadeIds.AreIn(request.Messages));
        return digest.End();
    }

    private static TurnDigest Begin(ChatRequest request, int turns, bool withoutIds)
    {
        var digest = new TurnDigest(request.Options.User, withoutIds);
        for (int i = 0; i < turns; i++)
        {
            digest.Add(request.Messages[i]);
        }

        return digest;
    }
}
