namespace Lightport.Storage;

/// <summary>Keeps the key by which ids that clients bring back are sealed, where nobody has set one.</summary>
internal interface ISealKeyStore
{
    /// <summary>The key, made by whoever asks first: all that ask, in whatever process, are told the same.</summary>
    /// <exception cref="StoreException">It can be neither read nor kept.</exception>
    ValueTask<string> GetAsync(CancellationToken cancellationToken);
}
