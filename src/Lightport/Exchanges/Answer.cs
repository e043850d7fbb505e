namespace Lightport.Exchanges;

/// <summary>What an attempt brought: a whole body, or a stream that has begun.</summary>
internal abstract class Answer : IDisposable
{
    /// <summary>The provider's headers that the client should see.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
