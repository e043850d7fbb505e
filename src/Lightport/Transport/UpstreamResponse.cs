namespace Lightport.Transport;

/// <summary>An answer whose headers have come. Disposing it before the body's end breaks the call off.</summary>
public abstract class UpstreamResponse : IDisposable
{
    public abstract int Status { get; }

    /// <summary>The body's media type without parameters; null where none was said.</summary>
    public abstract string? MediaType { get; }

    /// <summary>The same with its parameters (<c>audio/L16;rate=24000</c>).</summary>
    public virtual string? ContentType => MediaType;

    /// <summary>Length of the body in bytes; null where it shows only at its end.</summary>
    public abstract long? Length { get; }

    /// <summary>The first value of a header, or null.</summary>
    public abstract string? Header(string name);

    /// <summary>Every header, for picking those that the client should see.</summary>
    public abstract IEnumerable<KeyValuePair<string, string>> Headers { get; }

    public abstract ValueTask<Stream> OpenBodyAsync(CancellationToken cancellationToken);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
