using System.Globalization;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>
/// The configuration in <c>lightport.yaml</c>, which a person may also edit, and each version that was applied in a
/// folder. What the file holds is in force; a version is found again by its text.
/// </summary>
/// <param name="file">The document in force; made with the first one that is applied.</param>
/// <param name="folder">The versions: <c>&lt;version&gt;.yaml</c>, and who and when in <c>.json</c>.</param>
internal sealed class FileConfigurationVersions(string file, string folder, TimeProvider clock)
    : IConfigurationVersions, IDisposable
{
    private const string EditedPrefix = "edited-";
    private const int MostVersions = 100;
    private const int LongestVersion = 64;

    private readonly SemaphoreSlim _moving = new(1);

    public async ValueTask<ConfigurationPointer?> FindPointerAsync(CancellationToken cancellationToken)
    {
        if (await AtomicFile.ReadAsync(file, cancellationToken).ConfigureAwait(false) is not { } text)
        {
            return null;
        }

        string mark = TextMark.Of(text);
        DateTimeOffset at = new FileInfo(file).LastWriteTimeUtc;
        string? version = Versions().LastOrDefault(name => name.EndsWith("-" + mark, StringComparison.Ordinal));
        return version is null
            ? new ConfigurationPointer(EditedPrefix + mark, mark, "edited by hand", at)
            : new ConfigurationPointer(
                version, mark, (await AboutAsync(version, cancellationToken).ConfigureAwait(false)).Author, at);
    }

    public async ValueTask<IReadOnlyList<ConfigurationVersion>> ListAsync(CancellationToken cancellationToken)
    {
        var versions = new List<ConfigurationVersion>();
        foreach (string version in Versions().Reverse())
        {
            versions.Add(await AboutAsync(version, cancellationToken).ConfigureAwait(false));
        }

        return versions;
    }

    public async ValueTask<ConfigurationContent?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        if (!IsName(version))
        {
            return null;
        }

        string? text = version.StartsWith(EditedPrefix, StringComparison.Ordinal)
            ? await AtomicFile.ReadAsync(file, cancellationToken).ConfigureAwait(false)
            : await AtomicFile.ReadAsync(TextOf(version), cancellationToken).ConfigureAwait(false);
        return text is not null && version.EndsWith("-" + TextMark.Of(text), StringComparison.Ordinal)
            ? new ConfigurationContent(text, [])
            : null;
    }

    public async ValueTask<ConfigurationVersion> WriteAsync(
        ConfigurationContent content,
        ConfigurationPointer? replaces,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        string text = content.Text ?? throw new ArgumentException("A file keeps the document.", nameof(content));
        DateTimeOffset now = clock.GetUtcNow();
        var version = new ConfigurationVersion(
            NameOf(text, now), now, note.Author, note.Note, content.Entries.Count)
        {
            Replaces = replaces?.Version,
        };

        // The same text may be applied twice within a millisecond, also by another process: each is a version of its
        // own, for one that is refused is removed again. The later one counts as made a millisecond after the first.
        while (!AtomicFile.TryReserve(AboutOf(version.Version)))
        {
            DateTimeOffset later = version.CreatedAt.AddMilliseconds(1);
            version = version with { Version = NameOf(text, later), CreatedAt = later };
        }

        await WriteAsync(text, version, cancellationToken).ConfigureAwait(false);
        return version;
    }

    public ValueTask RemoveAsync(string version, CancellationToken cancellationToken)
    {
        if (IsName(version))
        {
            File.Delete(TextOf(version));
            File.Delete(AboutOf(version));
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask<string?> FindBeforeAsync(
        ConfigurationPointer inForce, CancellationToken cancellationToken)
    {
        if (inForce.Version.StartsWith(EditedPrefix, StringComparison.Ordinal))
        {
            return Versions().LastOrDefault();
        }

        string? before = (await AboutAsync(inForce.Version, cancellationToken).ConfigureAwait(false)).Replaces;

        // What was edited by hand has become a version since, with a name of its own.
        return before?.StartsWith(EditedPrefix, StringComparison.Ordinal) == true
            ? Versions().LastOrDefault(
                name => name.EndsWith(before[(EditedPrefix.Length - 1)..], StringComparison.Ordinal))
            : before;
    }

    /// <summary>The document itself is what is in force; without it nothing was ever configured.</summary>
    public ValueTask<bool> WasConfiguredAsync(CancellationToken cancellationToken) => new(false);

    public async ValueTask MoveAsync(
        string version,
        ConfigurationPointer? from,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        await _moving.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ConfigurationContent next = await ReadAsync(version, cancellationToken).ConfigureAwait(false)
                ?? throw new StoreException(StoreFailure.Damaged, $"The version {version} is not there.");
            string? now = await AtomicFile.ReadAsync(file, cancellationToken).ConfigureAwait(false);
            if ((now is null ? null : TextMark.Of(now)) != from?.ETag)
            {
                throw new StoreException(
                    StoreFailure.Conflict, "The configuration was changed in between. Look at the difference again.");
            }

            // What was edited by hand becomes a version too, older than the one that replaces it, so that it is what
            // a roll-back goes back to.
            if (now is not null && from!.Version.StartsWith(EditedPrefix, StringComparison.Ordinal))
            {
                DateTimeOffset before = (await AboutAsync(version, cancellationToken).ConfigureAwait(false)).CreatedAt
                    - TimeSpan.FromMilliseconds(1);
                DateTimeOffset at = from.MovedAt < before ? from.MovedAt : before;
                var edited = new ConfigurationVersion(
                    NameOf(now, at), at, from.Author, $"Found when {version} was put in force.", null)
                {
                    Replaces = Versions().LastOrDefault(
                        name => string.CompareOrdinal(name, NameOf(now, at)) < 0 && name != version),
                };
                await WriteAsync(now, edited, cancellationToken).ConfigureAwait(false);
            }

            await AtomicFile.WriteAsync(file, next.Text!, cancellationToken).ConfigureAwait(false);
            Prune(version);
        }
        finally
        {
            _moving.Release();
        }
    }

    public void Dispose() => _moving.Dispose();

    private static bool IsName(string version) => version.Length is > 0 and <= LongestVersion
        && version.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static string NameOf(string text, DateTimeOffset created)
    {
        string at = created.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
        return $"{at}-{TextMark.Of(text)}";
    }

    private async ValueTask WriteAsync(string text, ConfigurationVersion version, CancellationToken cancellationToken)
    {
        string about = JsonSerializer.Serialize(version, StorageJsonContext.Default.ConfigurationVersion);

        // The text last: a version is listed by its text.
        await AtomicFile.WriteAsync(AboutOf(version.Version), about + "\n", cancellationToken).ConfigureAwait(false);
        await AtomicFile.WriteAsync(TextOf(version.Version), text, cancellationToken).ConfigureAwait(false);
    }

    private string TextOf(string version) => Path.Combine(folder, version + ".yaml");

    private string AboutOf(string version) => Path.Combine(folder, version + ".json");

    /// <summary>Oldest first.</summary>
    private IEnumerable<string> Versions() => !Directory.Exists(folder) ? [] : Directory
        .EnumerateFiles(folder, "*.yaml")
        .Select(path => Path.GetFileNameWithoutExtension(path))
        .Order(StringComparer.Ordinal);

    private async ValueTask<ConfigurationVersion> AboutAsync(string version, CancellationToken cancellationToken)
    {
        string? json = await AtomicFile.ReadAsync(AboutOf(version), cancellationToken).ConfigureAwait(false);
        try
        {
            if (json is not null
                && JsonSerializer.Deserialize(json, StorageJsonContext.Default.ConfigurationVersion) is { } about)
            {
                return about with { Version = version };
            }
        }
        catch (JsonException)
        {
            // Who and when are lost; the version itself is its text, and that is there.
        }

        return new ConfigurationVersion(version, new FileInfo(TextOf(version)).LastWriteTimeUtc, "unknown", null, null);
    }

    private void Prune(string inForce)
    {
        foreach (string old in Versions().Reverse().Skip(MostVersions).Where(version => version != inForce).ToArray())
        {
            File.Delete(TextOf(old));
            File.Delete(AboutOf(old));
        }
    }
}
