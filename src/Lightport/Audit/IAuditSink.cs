namespace Lightport.Audit;

/// <summary>A place for records, held by one writer.</summary>
internal interface IAuditSink : IDisposable
{
    /// <summary>The hash of the last record that is there; null where there is none, or nobody can know.</summary>
    string? LastHash { get; }

    /// <summary>Ends when the lines are kept; where it fails, none of them is.</summary>
    /// <exception cref="IOException">They cannot be kept now; the message says why.</exception>
    void Write(ReadOnlySpan<byte> lines);
}
