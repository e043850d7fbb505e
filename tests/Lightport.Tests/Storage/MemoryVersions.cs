using System.Globalization;
using Lightport.Configuration.Entries;
using Lightport.Storage;

namespace Lightport.Tests.Storage;

/// <summary>Versions that a test writes, breaks and takes away.</summary>
internal sealed class MemoryVersions : IConfigurationVersions
{
    private readonly Dictionary<string, ConfigurationContent> _contents = [];
    private int _moves;

    public ConfigurationPointer? Pointer { get; set; }

    /// <summary>What every call fails with; null while the store is there.</summary>
    public StoreException? Fault { get; set; }

    /// <summary>Whether other tables remember that something was in force.</summary>
    public bool WasConfigured { get; set; }

    public int Reads { get; private set; }

    public void Put(string version, string text) => Put(version, EntrySplitter.Split(text));

    public void Put(string version, IReadOnlyList<ConfigurationEntry> entries)
    {
        _contents[version] = new ConfigurationContent(null, entries);
        Point(version);
    }

    public void Point(string version) => Pointer = new ConfigurationPointer(
        version, (++_moves).ToString(CultureInfo.InvariantCulture), "jane", DateTimeOffset.UnixEpoch);

    public ValueTask<ConfigurationPointer?> FindPointerAsync(CancellationToken cancellationToken) =>
        Fault is null ? new(Pointer) : throw Fault;

    public ValueTask<IReadOnlyList<ConfigurationVersion>> ListAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ConfigurationContent?> ReadAsync(string version, CancellationToken cancellationToken)
    {
        Reads++;
        return Fault is null ? new(_contents.GetValueOrDefault(version)) : throw Fault;
    }

    public ValueTask<ConfigurationVersion> WriteAsync(
        ConfigurationContent content,
        ConfigurationPointer? replaces,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        var version = new ConfigurationVersion(
            $"v{_contents.Count + 1}", DateTimeOffset.UnixEpoch, note.Author, note.Note, content.Entries.Count);
        _contents[version.Version] = content;
        return new(version);
    }

    public ValueTask RemoveAsync(string version, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<string?> FindBeforeAsync(ConfigurationPointer inForce, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> WasConfiguredAsync(CancellationToken cancellationToken) => new(WasConfigured);

    public ValueTask MoveAsync(
        string version,
        ConfigurationPointer? from,
        ChangeNote note,
        CancellationToken cancellationToken)
    {
        Point(version);
        return ValueTask.CompletedTask;
    }
}
