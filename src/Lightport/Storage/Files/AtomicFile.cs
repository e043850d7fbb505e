using System.Text;

namespace Lightport.Storage.Files;

/// <summary>Files that are there whole or not at all, whatever happens while they are written.</summary>
internal static class AtomicFile
{
    private static readonly Lock Adding = new();

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public static ValueTask WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        WriteAsync(path, text, isPrivate: false, cancellationToken);

    /// <summary>The same, and nobody but the gateway's own user may read it.</summary>
    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public static ValueTask WritePrivateAsync(string path, string text, CancellationToken cancellationToken) =>
        WriteAsync(path, text, isPrivate: true, cancellationToken);

    /// <summary>The same, unless there is such a file.</summary>
    /// <returns>False where there is one already, which stays as it is.</returns>
    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public static ValueTask<bool> TryAddPrivateAsync(string path, string text, CancellationToken cancellationToken) =>
        TryWriteAsync(path, text, isPrivate: true, overwrites: false, cancellationToken);

    private static async ValueTask WriteAsync(
        string path, string text, bool isPrivate, CancellationToken cancellationToken) =>
        await TryWriteAsync(path, text, isPrivate, overwrites: true, cancellationToken).ConfigureAwait(false);

    private static async ValueTask<bool> TryWriteAsync(
        string path, string text, bool isPrivate, bool overwrites, CancellationToken cancellationToken)
    {
        string temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            MakeFolder(path);
            FileStream file = Create(temporary, isPrivate);
            await using (file.ConfigureAwait(false))
            {
                await file.WriteAsync(Utf8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            }

            Move(temporary, path, overwrites);
            return true;
        }
        catch (Exception e)
        {
            TryDelete(temporary);
            if (e is IOException && !overwrites && File.Exists(path))
            {
                return false;
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw Unwritable(path, e);
            }

            throw;
        }
    }

    /// <summary>Makes an empty file, which nobody else makes any more, whichever process asks.</summary>
    /// <returns>False where there is one already, which stays as it is.</returns>
    /// <exception cref="StoreException">The folder cannot be written to.</exception>
    public static bool TryReserve(string path)
    {
        try
        {
            MakeFolder(path);
            new FileStream(path, FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    /// <summary>Null where there is no such file.</summary>
    /// <exception cref="StoreException">It is there and cannot be read.</exception>
    public static async ValueTask<string?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, Utf8, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFailure.Unavailable, $"{path} cannot be read. Give the gateway the right to read it.", e);
        }
    }

    private static void Move(string from, string to, bool overwrites)
    {
        if (overwrites)
        {
            File.Move(from, to, overwrite: true);
            return;
        }

        // Outside of Windows the framework looks whether the file is there and then renames: two at once would both
        // be told that theirs is the one.
        lock (Adding)
        {
            File.Move(from, to);
        }
    }

    private static FileStream Create(string path, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (isPrivate && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static void MakeFolder(string path) =>
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

    private static StoreException Unwritable(string path, Exception reason) => new(
        StoreFailure.ReadOnly,
        $"{path} cannot be written. Give the gateway a folder that it may write to (LIGHTPORT_DATA), or "
        + "make the change in the file itself.",
        reason);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The writing has failed for the same reason, and that is what is told.
        }
    }
}
