using Lightport.Conversation;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Names a session by the turns that its client brings back, up to and with the last of the assistant's.
/// </summary>
internal static class SessionKey
{
    /// <summary>The key of what was put into the request's conversation so far; null where it only begins.</summary>
    public static string? Before(ChatRequest request)
    {
        int turns = request.Messages.Count;
        while (turns > 0 && request.Messages[turns - 1].Role != Role.Assistant)
        {
            turns--;
        }

        if (turns == 0)
        {
            return null;
        }

        using TurnDigest digest = Begin(request, turns);
        return digest.End();
    }

    /// <summary>The key for the request that brings back this one's turns and this answer.</summary>
    public static string After(ChatRequest request, Message answer)
    {
        using TurnDigest digest = Begin(request, request.Messages.Count);
        digest.Add(answer);
        return digest.End();
    }

    private static TurnDigest Begin(ChatRequest request, int turns)
    {
        var digest = new TurnDigest(request.Options.User, request.FunctionsOnly);
        for (int i = 0; i < turns; i++)
        {
            digest.Add(request.Messages[i]);
        }

        return digest;
    }
}
