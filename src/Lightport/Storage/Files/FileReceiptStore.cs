using System.Text;
using System.Text.Json;

namespace Lightport.Storage.Files;

/// <summary>Receipts as lines in files of an hour each, to which is only ever added.</summary>
/// <param name="folder">Made with the first receipt.</param>
/// <param name="kept">How long an hour's file stays.</param>
internal sealed class FileReceiptStore(string folder, TimeSpan kept, TimeProvider clock) : IReceiptStore
{
    private DateTimeOffset _hour;
    private string? _file;
    private RequestId _highest;

    public async ValueTask WriteAsync(IReadOnlyList<StoredReceipt> receipts, CancellationToken cancellationToken)
    {
        // A line that was cut off by the end of a process would else take the first of these into itself.
        var lines = new StringBuilder("\n");
        foreach (StoredReceipt receipt in receipts)
        {
            lines.Append(receipt.Json).Append('\n');
        }

        try
        {
            await File.AppendAllTextAsync(FileFor(receipts), lines.ToString(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Away(e);
        }
    }

    public async ValueTask<StoredReceipt?> FindAsync(RequestId id, CancellationToken cancellationToken)
    {
        string beginning = $$"""{"id":"{{id.Text}}",""";
        try
        {
            foreach (string file in ReceiptSegments.Holding(folder, id))
            {
                await foreach (string line in File.ReadLinesAsync(file, cancellationToken).ConfigureAwait(false))
                {
                    if (line.StartsWith(beginning, StringComparison.Ordinal) && IsWhole(line))
                    {
                        return new StoredReceipt(id, line);
                    }
                }
            }
        }
        catch (FileNotFoundException)
        {
            // Its time was over, and it went while it was looked at.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Away(e);
        }

        return null;
    }

    private string FileFor(IReadOnlyList<StoredReceipt> receipts)
    {
        foreach (StoredReceipt receipt in receipts)
        {
            if (receipt.Id.Process != _highest.Process || receipt.Id.Count > _highest.Count)
            {
                _highest = receipt.Id;
            }
        }

        DateTimeOffset now = clock.GetUtcNow();
        var hour = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
        if (_file is null || hour != _hour)
        {
            Directory.CreateDirectory(folder);
            foreach (string over in ReceiptSegments.Before(folder, now - kept))
            {
                File.Delete(over);
            }

            (_hour, _file) = (hour, Path.Combine(folder, ReceiptSegments.NameOf(hour, _highest)));
        }

        return _file;
    }

    private static bool IsWhole(string line)
    {
        try
        {
            JsonDocument.Parse(line).Dispose();
            return true;
        }
        catch (JsonException)
        {
            // It was being written when its process ended, or somebody edited it.
            return false;
        }
    }

    private StoreException Away(Exception e) => new(
        StoreFailure.ReadOnly,
        $"{folder} cannot be read or written. Give the gateway a folder that it may write to (LIGHTPORT_DATA).",
        e);
}
