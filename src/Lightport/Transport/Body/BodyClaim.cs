namespace Lightport.Transport.Body;

/// <summary>Memory of a <see cref="BodyBudget"/> that no buffer answers for; disposing it gives it back.</summary>
internal sealed class BodyClaim(BodyShare? share, long bytes) : IDisposable
{
    private long _bytes = bytes;

    /// <summary>Of nothing, or of so little that nobody counts it.</summary>
    public static BodyClaim None { get; } = new(null, 0);

    public void Dispose() => share?.Give(Interlocked.Exchange(ref _bytes, 0));
}
