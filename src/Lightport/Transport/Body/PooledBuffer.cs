using System.Buffers;

namespace Lightport.Transport.Body;

/// <summary>
/// A growing buffer whose array goes back when it is disposed, and nobody sends it any more.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private readonly BodyBudget? _budget;
    private readonly int _expected;
    private byte[] _array;
    private int _users = 1;
    private bool _disposed;

    /// <param name="initialBytes">What it holds before it grows; at 0 it takes nothing until something is written.
    /// </param>
    /// <param name="budget">Answers for its memory; null for what is small and bounded anyway.</param>
    /// <param name="expectedBytes">What it will hold in the end, where that is known.</param>
    /// <exception cref="BodyBudgetException">There is no memory for it just now; growing may say so too.</exception>
    public PooledBuffer(int initialBytes = 4096, BodyBudget? budget = null, int expectedBytes = 0)
    {
        (_budget, _expected) = (budget, expectedBytes);
        _array = Rent(initialBytes);
    }

    public int Length { get; private set; }

    /// <summary>What can be written before it grows.</summary>
    public Memory<byte> Free => _array.AsMemory(Length);

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    /// <summary>Makes room for so many bytes in all, those that are there included.</summary>
    public void Grow(int bytes)
    {
        byte[] larger = Rent(bytes);
        _array.AsSpan(0, Length).CopyTo(larger);
        Return(_array);
        _array = larger;
    }

    public void Clear() => Length = 0;

    /// <summary>
    /// Keeps the bytes where they are until <see cref="Release"/>, whatever becomes of the buffer. A call over HTTP/2
    /// that is answered early goes on reading its body beside the answer: that memory must be nobody else's.
    /// </summary>
    /// <exception cref="ObjectDisposedException">It has gone already.</exception>
    public void Hold()
    {
        int users;
        do
        {
            users = Volatile.Read(ref _users);
            ObjectDisposedException.ThrowIf(users == 0, this);
        }
        while (Interlocked.CompareExchange(ref _users, users + 1, users) != users);
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Return(_array);
            (_array, Length) = ([], 0);
        }
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            Release();
        }
    }

    private void Reserve(int sizeHint)
    {
        int needed = Length + Math.Max(sizeHint, 256);
        if (needed > _array.Length)
        {
            Grow(Math.Max(needed, Length * 2));
        }
    }

    private byte[] Rent(int bytes)
    {
        if (bytes == 0)
        {
            return [];
        }

        int length = BodyArrays.LengthFor(bytes);
        ShareOf(length)?.Take(length);
        try
        {
            return BodyArrays.Rent(length);
        }
        catch (OutOfMemoryException)
        {
            ShareOf(length)?.Give(length);
            throw new BodyBudgetException(passes: true);
        }
    }

    private void Return(byte[] array)
    {
        if (array.Length == 0)
        {
            return;
        }

        BodyArrays.Return(array);
        ShareOf(array.Length)?.Give(array.Length);
    }

    private BodyShare? ShareOf(int length) =>
        length <= BodyBudget.Trifle ? null : _budget?.ShareOf(Math.Max(length, _expected));
}
