namespace Lightport.Exchanges.Shadows;

/// <summary>How many copies were made, since the process began.</summary>
internal sealed class ShadowCounts
{
    private long _sent;
    private long _failed;
    private long _skipped;

    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Those that were sent, and not answered whole.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Those that were drawn, and could not or must not be made.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    public void Send() => Interlocked.Increment(ref _sent);

    public void Fail() => Interlocked.Increment(ref _failed);

    public void Skip() => Interlocked.Increment(ref _skipped);
}
