using System.Globalization;
using System.Security.Cryptography;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Audit;

/// <summary>Opens the place that the settings name, as far as this host has it.</summary>
/// <param name="ownsFiles">Whether files of this machine outlive the process.</param>
/// <param name="exported">Makes loggers whose lines leave by OTLP; null where they do not.</param>
/// <param name="marks">The folder that remembers what was written to files last; null for the files' own.</param>
/// <param name="blobs">Null where no account is named.</param>
internal sealed class AuditSinks(
    bool ownsFiles,
    Func<ILoggerFactory?> exported,
    TimeProvider? clock = null,
    string? marks = null,
    IAppendBlobs? blobs = null)
{
    /// <summary>Blobs are listed in the order of their names, and so in that of time.</summary>
    private const string Moment = "yyyyMMdd'T'HHmmss'Z'";

    /// <exception cref="IOException">It cannot be opened; the message says what to do.</exception>
    public IAuditSink Open(AuditSettings settings) => settings.To switch
    {
        AuditPlace.File when ownsFiles => new FileAuditSink(settings.Folder, marks: marks),
        AuditPlace.File => throw new IOException(AuditAdvice.FilesGo),
        AuditPlace.Blob => new BlobAuditSink(
            blobs ?? throw new IOException(AuditAdvice.NoAccount),
            settings.Container,
            $"audit-{Now()}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}"),
        _ => exported() is { } loggers
            ? new OtlpAuditSink(loggers.CreateLogger(OtlpAuditSink.Category))
            : throw new IOException(AuditAdvice.NoReceiver),
    };

    private string Now() =>
        (clock ?? TimeProvider.System).GetUtcNow().ToString(Moment, CultureInfo.InvariantCulture);
}
