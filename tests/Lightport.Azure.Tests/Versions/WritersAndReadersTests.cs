using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

/// <summary>Several at once.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class WritersAndReadersTests(AzuriteFixture azurite)
{
    private const int Applies = 50;
    private const int Readers = 4;

    private readonly TestStorage _storage = azurite.NewStorage();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Apply_TwoWritersAtOnce_OneWinsAndTheOtherIsRefused(bool first)
    {
        ConfigurationPointer? seen = null;
        if (!first)
        {
            await _storage.ApplyAsync(Contents.Small);
            seen = await _storage.Versions.FindPointerAsync(CancellationToken.None);
        }

        Exception?[] ends = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(writer => Record.ExceptionAsync(() => ApplyAsync(writer, seen))));

        Assert.Single(ends, end => end is null);
        Assert.All(
            ends.OfType<Exception>(),
            end => Assert.Equal(StoreFailure.Conflict, Assert.IsType<StoreException>(end).Failure));
        int winner = Array.FindIndex(ends, end => end is null);
        Assertions.Same(Contents.Models(120, $"writer-{winner}"), await ReadCurrentAsync(_storage.Versions));
    }

    [Fact]
    public async Task Apply_ManyTimesWhileManyRead_EachReaderSeesWholeVersionsOnly()
    {
        await _storage.ApplyAsync(Contents.Models(110, "0"));
        using var done = new CancellationTokenSource();

        Task<int>[] readers = [.. Enumerable.Range(0, Readers).Select(_ => ReadUntilAsync(done.Token))];
        for (int i = 1; i <= Applies; i++)
        {
            _storage.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await _storage.ApplyAsync(Contents.Models(110 + i, $"{i}"));
        }

        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), seen => Assert.InRange(seen, 1, int.MaxValue));
        Assertions.Same(Contents.Models(110 + Applies, $"{Applies}"), await ReadCurrentAsync(_storage.Versions));
    }

    private async Task ApplyAsync(int writer, ConfigurationPointer? seen)
    {
        TableConfigurationVersions versions = _storage.OtherVersions();
        ConfigurationVersion version = await versions.WriteAsync(
            Contents.Models(120, $"writer-{writer}"), null, Contents.Note, CancellationToken.None);
        await versions.MoveAsync(version.Version, seen, Contents.Note, CancellationToken.None);
    }

    /// <returns>How many versions were seen and found whole.</returns>
    private async Task<int> ReadUntilAsync(CancellationToken done)
    {
        TableConfigurationVersions versions = _storage.OtherVersions();
        int seen = 0;
        for (string? last = null; !done.IsCancellationRequested;)
        {
            ConfigurationContent content = await ReadCurrentAsync(versions);
            string tag = content.Text![2..];
            Assertions.Same(Contents.Models(content.Entries.Count, tag), content);
            seen += tag == last ? 0 : 1;
            last = tag;
        }

        return seen;
    }

    private static async Task<ConfigurationContent> ReadCurrentAsync(TableConfigurationVersions versions)
    {
        ConfigurationPointer? pointer = await versions.FindPointerAsync(CancellationToken.None);
        ConfigurationContent? content = await versions.ReadAsync(pointer!.Version, CancellationToken.None);
        Assert.NotNull(content);
        return content;
    }
}
