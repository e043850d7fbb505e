namespace Lightport.Transport;

/// <summary>A call that failed for want of a connection, not by an answer.</summary>
public sealed class UpstreamException(UpstreamFailure failure, Exception inner) : Exception(inner.Message, inner)
{
    public UpstreamFailure Failure { get; } = failure;
}

/// <summary>How far a call came before it failed.</summary>
public enum UpstreamFailure
{
    /// <summary>No connection: refused, no such host, no TLS.</summary>
    Connect,

    /// <summary>Opening the connection took longer than allowed.</summary>
    ConnectTimeout,

    /// <summary>The connection broke, or what came over it is no HTTP.</summary>
    Broken,
}
