using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Sessions in a store, each under the turns that its client will bring back: one read a request, two where it begins
/// the model's answer itself, and one writing an answer.
/// </summary>
/// <param name="lifetime">How long a session is kept after the turn that it was kept for.</param>
internal sealed class SessionMemory(ISessionStore store, TimeProvider clock, TimeSpan lifetime) : ISessionMemory
{
    /// <summary>A session that is longer is not kept, in characters of JSON.</summary>
    public const int LongestSession = 1024 * 1024;

    /// <summary>How long a session is kept where nobody says.</summary>
    public static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(24);

    /// <summary>The longest that one can be kept.</summary>
    public static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(7);

    public async ValueTask<Session> FindAsync(
        Caller caller, ChatRequest request, CancellationToken cancellationToken)
    {
        StoredSession? found =
            await FindAsync(caller, SessionKey.Before(request), cancellationToken).ConfigureAwait(false)
            ?? await FindAsync(caller, SessionKey.BeforePrefill(request), cancellationToken).ConfigureAwait(false);
        return found is null ? Session.Empty : SessionJson.Read(found.Content);
    }

    public async ValueTask<bool> KeepAsync(
        Caller caller, ChatRequest request, Message answer, Session session, CancellationToken cancellationToken)
    {
        int told = TurnRuns.CountBefore([.. request.Messages, answer], request.Messages.Count + 1);
        string json = SessionJson.Write(session with { Told = told });
        if (json.Length > LongestSession)
        {
            return false;
        }

        foreach (string key in SessionKey.After(request, answer))
        {
            var kept = new StoredSession(Owner(caller), key, json, clock.GetUtcNow() + lifetime);
            await store.WriteAsync(kept, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    private async ValueTask<StoredSession?> FindAsync(
        Caller caller, string? key, CancellationToken cancellationToken) => key is null
            ? null
            : await store.FindAsync(Owner(caller), key, cancellationToken).ConfigureAwait(false);

    /// <summary>Whose everything is that is kept for a caller.</summary>
    public static string Owner(Caller caller) => caller.KeyId ?? caller.Name;
}
