using System.Globalization;
using Lightport.Storage;

namespace Lightport.Audit;

/// <summary>
/// Append blobs of this process's own, one after the other by their number, each up to a size. Nothing is ever removed:
/// that is for whoever runs the gateway.
/// </summary>
/// <param name="name">What tells this process's blobs from all others', and puts them in the order of time.</param>
internal sealed class BlobAuditSink(IAppendBlobs blobs, string container, string name) : IAuditSink
{
    /// <summary>64 MiB, which a reader can hold.</summary>
    internal const long MostBytes = 64 << 20;

    /// <summary>https://learn.microsoft.com/azure/storage/blobs/scalability-targets</summary>
    internal const int MostAppends = 50_000;

    /// <summary>An append holds 4 MiB in every version of the service.</summary>
    internal const int MostAppended = 4 << 20;

    private int _number;
    private long _length;
    private int _appends;
    private string _blob = "";

    /// <summary>Each process has a chain of its own, for nobody writes behind another.</summary>
    public string? LastHash => null;

    public string? MissingHash => null;

    public async ValueTask WriteAsync(
        ReadOnlyMemory<byte> lines, string lastHash, CancellationToken cancellationToken)
    {
        int appends = (lines.Length + MostAppended - 1) / MostAppended;
        try
        {
            if (_number == 0 || _length + lines.Length > MostBytes || _appends + appends > MostAppends)
            {
                string next = string.Create(CultureInfo.InvariantCulture, $"{name}-{_number + 1:d6}.jsonl");
                await blobs.CreateAsync(container, next, cancellationToken).ConfigureAwait(false);
                (_blob, _number, _length, _appends) = (next, _number + 1, 0, 0);
            }

            // Where one of several fails, all are tried again, and those that are there stay.
            for (int at = 0; at < lines.Length; at += MostAppended)
            {
                ReadOnlyMemory<byte> piece = lines.Slice(at, Math.Min(MostAppended, lines.Length - at));
                await blobs.AppendAsync(container, _blob, _length + at, piece, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
        catch (StoreException e)
        {
            if (e.Failure == StoreFailure.Damaged)
            {
                // A removed blob takes nothing any more: the chain goes on in the next, and shows what is missing.
                _length = MostBytes;
            }

            throw new IOException(e.Message, e);
        }

        (_length, _appends) = (_length + lines.Length, _appends + appends);
    }

    public void Dispose()
    {
    }
}
