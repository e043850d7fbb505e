using System.Security.Cryptography;

namespace Lightport.Storage.Files;

/// <summary>
/// The key in a file that only the gateway's own user may read, so that what was sealed before a restart is known after
/// it. One that is damaged is never replaced: all that it has sealed would be lost without a word.
/// </summary>
internal sealed class FileSealKeyStore : ISealKeyStore
{
    private const int KeyBytes = 32;

    private readonly string _path;

    /// <param name="path">Made when the key is first needed.</param>
    /// <exception cref="IOException">
    /// It is there and not to be used; the message is for whoever starts the gateway.
    /// </exception>
    public FileSealKeyStore(string path)
    {
        _path = path;
        try
        {
            if (File.Exists(path) && !IsKey(File.ReadAllText(path)))
            {
                throw new IOException(Damage);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{path} cannot be read. Give the gateway the right to read it.", e);
        }
    }

    private string Damage =>
        $"{_path} is not the key that the gateway has written there. Put it back from a copy; or remove it, and "
        + "conversations in which tools were run before cannot go on.";

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } known)
        {
            return known;
        }

        string made = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        return await AtomicFile.TryAddPrivateAsync(_path, made, cancellationToken).ConfigureAwait(false)
            ? made
            : await ReadAsync(cancellationToken).ConfigureAwait(false)
                ?? throw new StoreException(StoreFailure.Conflict, $"{_path} was removed just now.");
    }

    private async ValueTask<string?> ReadAsync(CancellationToken cancellationToken) =>
        await AtomicFile.ReadAsync(_path, cancellationToken).ConfigureAwait(false) switch
        {
            null => null,
            { } text when IsKey(text) => text.Trim(),
            _ => throw new StoreException(StoreFailure.Damaged, Damage),
        };

    private static bool IsKey(string text) =>
        text.Trim() is { Length: 2 * KeyBytes } key && key.All(char.IsAsciiHexDigitLower);
}
