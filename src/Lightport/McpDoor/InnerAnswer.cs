using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.McpDoor;

/// <summary>
/// The answer to a request that the gateway makes of itself, up to a length; what is longer is not kept, and ends it.
/// </summary>
/// <param name="budget">Answers for its memory.</param>
/// <param name="end">Ends the request, as a client that goes away does.</param>
internal sealed class InnerAnswer(BodyBudget budget, Action end) : Stream, IHttpResponseFeature
{
    /// <summary>In bytes: a text that no model's longest answer comes near.</summary>
    public const int MostBytes = 8 << 20;

    private readonly PooledBuffer _buffer = new(budget: budget);
    private readonly HttpResponseFeature _response = new();
    private bool _started;

    /// <summary>Takes a good answer that comes in pieces, in place of this; null where it comes whole.</summary>
    public StreamedAnswer? Pieces { get; init; }

    /// <summary>It was longer than is kept.</summary>
    public bool IsTooLong { get; private set; }

    public ReadOnlyMemory<byte> Written => _buffer.Written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public int StatusCode { get => _response.StatusCode; set => _response.StatusCode = value; }

    public string? ReasonPhrase { get => _response.ReasonPhrase; set => _response.ReasonPhrase = value; }

    public IHeaderDictionary Headers
    {
        get => _response.Headers;
        set => _response.Headers = value;
    }

    /// <summary>As a server's: once a byte of it has gone out.</summary>
    public bool HasStarted => _started;

    Stream IHttpResponseFeature.Body { get => this; set => throw new NotSupportedException(); }

    public void OnStarting(Func<object, Task> callback, object state) => _response.OnStarting(callback, state);

    public void OnCompleted(Func<object, Task> callback, object state) => _response.OnCompleted(callback, state);

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        _started |= bytes.Length > 0;
        StreamedAnswer? pieces = StatusCode == StatusCodes.Status200OK ? Pieces : null;
        if ((pieces?.Length ?? _buffer.Length) + bytes.Length > MostBytes)
        {
            IsTooLong = true;
            end();
            return;
        }

        if (pieces is not null)
        {
            pieces.Take(bytes);
            return;
        }

        bytes.CopyTo(_buffer.GetSpan(bytes.Length));
        _buffer.Advance(bytes.Length);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _buffer.Dispose();
            Pieces?.Dispose();
        }

        base.Dispose(disposing);
    }
}
