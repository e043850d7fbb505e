using System.Security.Cryptography;
using System.Text;
using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Enrichment.Memory;

/// <summary>
/// Results of which clients are told a part alone, each under the text that they are told and bring back: it names
/// what it stands for, so that a text is that of one result.
/// </summary>
/// <param name="lifetime">How long a result is kept.</param>
internal sealed class ResultMemory(ISessionStore store, TimeProvider clock, TimeSpan lifetime)
{
    /// <returns>False where it is too large to be kept.</returns>
    /// <exception cref="StoreException">The store cannot take it.</exception>
    public async ValueTask<bool> KeepAsync(
        Caller caller, IReadOnlyList<ContentPart> parts, CancellationToken cancellationToken)
    {
        string json = SessionJson.WriteTurn(new Message(Role.Tool, parts));
        if (json.Length > SessionMemory.LongestSession)
        {
            return false;
        }

        await store
            .WriteAsync(
                new StoredSession(
                    SessionMemory.Owner(caller), IdOf(ToldResult.Text(parts)), json, clock.GetUtcNow() + lifetime),
                cancellationToken)
            .ConfigureAwait(false);
        return true;
    }

    /// <summary>All of the result that a client is told by this text; null where it is not kept.</summary>
    /// <exception cref="StoreException">The store cannot be asked.</exception>
    public async ValueTask<IReadOnlyList<ContentPart>?> FindAsync(
        Caller caller, string text, CancellationToken cancellationToken)
    {
        StoredSession? found = await store
            .FindAsync(SessionMemory.Owner(caller), IdOf(text), cancellationToken)
            .ConfigureAwait(false);
        return found is null ? null : SessionJson.ReadTurn(found.Content).Parts;
    }

    private static string IdOf(string text) =>
        "res" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
