namespace Lightport.Storage;

/// <summary>
/// Keeps versions of the configuration and a pointer to the one in force. A version never changes once it is written;
/// what is in force changes only by moving the pointer, so that readers see the old version or the new, never half.
/// Every member throws <see cref="StoreException"/> where the store fails.
/// </summary>
public interface IConfigurationVersions
{
    /// <summary>One small read; null where nothing was ever applied.</summary>
    ValueTask<ConfigurationPointer?> FindPointerAsync(CancellationToken cancellationToken);

    /// <summary>Newest first; half-written ones are not among them.</summary>
    ValueTask<IReadOnlyList<ConfigurationVersion>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Null where there is no such version.</summary>
    /// <exception cref="StoreException">Or it is damaged: not all that was written is there.</exception>
    ValueTask<ConfigurationContent?> ReadAsync(string version, CancellationToken cancellationToken);

    /// <summary>Writes a version, which is not yet in force; all of it, or nothing that anyone sees.</summary>
    /// <param name="replaces">What is in force and shall be replaced by it; null for nothing.</param>
    ValueTask<ConfigurationVersion> WriteAsync(
        ConfigurationContent content,
        ConfigurationPointer? replaces,
        ChangeNote note,
        CancellationToken cancellationToken);

    /// <summary>Removes a version that was written and then refused. Never one that was in force.</summary>
    ValueTask RemoveAsync(string version, CancellationToken cancellationToken);

    /// <summary>
    /// The version that was in force before the one that is, when that was first put in force: where a roll-back goes.
    /// Null where there was none.
    /// </summary>
    ValueTask<string?> FindBeforeAsync(ConfigurationPointer inForce, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a configuration was ever in force, which other tables remember than those that hold it: where they are
    /// gone, a new instance must not take the place for one that was never set up.
    /// </summary>
    ValueTask<bool> WasConfiguredAsync(CancellationToken cancellationToken);

    /// <summary>Puts a version in force.</summary>
    /// <param name="from">The pointer as it was when the change was looked at; null for none.</param>
    /// <exception cref="StoreException">Or a conflict: the pointer is no longer at <paramref name="from"/>.</exception>
    ValueTask MoveAsync(
        string version,
        ConfigurationPointer? from,
        ChangeNote note,
        CancellationToken cancellationToken);
}
