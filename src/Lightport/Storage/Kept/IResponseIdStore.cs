namespace Lightport.Storage;

/// <summary>
/// Knows whose the ids are that providers gave, until they expire. Every member throws <see cref="StoreException"/>
/// where the store fails.
/// </summary>
public interface IResponseIdStore
{
    /// <summary>The longest id that is kept, in characters; there is none of a provider's that is as long.</summary>
    const int LongestId = 256;

    /// <summary>Keeps ids; when this has ended, every instance finds them.</summary>
    /// <param name="ids">Of one owner; none longer than <see cref="LongestId"/>.</param>
    ValueTask AddAsync(IReadOnlyList<ResponseIdRecord> ids, CancellationToken cancellationToken);

    /// <summary>Null where this owner has no such id, or has it no longer.</summary>
    ValueTask<ResponseIdRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken);
}
