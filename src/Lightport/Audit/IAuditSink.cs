namespace Lightport.Audit;

/// <summary>A place for records, held by one writer.</summary>
internal interface IAuditSink : IDisposable
{
    /// <summary>The hash of the last record that is there; null where there is none, or nobody can know.</summary>
    string? LastHash { get; }

    /// <summary>
    /// The hash of a record that was written here last and is not here any more; null where all is.
    /// </summary>
    string? MissingHash { get; }

    /// <summary>Ends when the lines are kept; where it fails, they are to be written again.</summary>
    /// <param name="lines">Whole ones.</param>
    /// <param name="lastHash">That of the last of them.</param>
    /// <exception cref="IOException">They cannot be kept now; the message says why.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> lines, string lastHash, CancellationToken cancellationToken);
}
