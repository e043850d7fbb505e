using System.Buffers;
using System.Numerics;

namespace Lightport.Transport.Body;

/// <summary>
/// Arrays for bodies of any length. The shared pool has the small ones; of the larger ones, which it would keep in any
/// number and for as long as the process lives, a few of each size are kept here. When no large one has been given back
/// for a while, all of that memory goes back to the system.
/// </summary>
internal static class BodyArrays
{
    /// <summary>Up to here the shared pool serves, in bytes: below the large-object heap.</summary>
    private const int LargestShared = 64 * 1024;

    /// <summary>Up to here arrays are kept; longer ones are made to measure and dropped.</summary>
    private const int LargestKept = 4 * 1024 * 1024;

    /// <summary>One given back from here on means that there is memory worth giving back in turn.</summary>
    private const int Large = 1024 * 1024;

    /// <summary>How much memory an array of each size may be kept for: some thirty at a gigabyte.</summary>
    private const long MemoryPerKeptArray = 32 * 1024 * 1024;

    private const int MostKept = 32;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);
    private static readonly Timer Timer = new(static _ => GiveBack());
    private static ArrayPool<byte> _kept = NewPool();
    private static long _returned;

    /// <summary>The length that an array for so many bytes has.</summary>
    public static int LengthFor(int bytes) =>
        bytes > LargestKept ? bytes : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(bytes, 16));

    /// <param name="length">As <see cref="LengthFor"/> says it.</param>
    public static byte[] Rent(int length) => length switch
    {
        <= LargestShared => ArrayPool<byte>.Shared.Rent(length),
        <= LargestKept => Volatile.Read(ref _kept).Rent(length),
        _ => GC.AllocateUninitializedArray<byte>(length),
    };

    public static void Return(byte[] array)
    {
        if (array.Length <= LargestShared)
        {
            ArrayPool<byte>.Shared.Return(array);
            return;
        }

        if (array.Length <= LargestKept)
        {
            Volatile.Read(ref _kept).Return(array);
        }

        if (array.Length >= Large)
        {
            Interlocked.Add(ref _returned, array.Length);
            Timer.Change(Idle, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// Forgets the kept arrays and has the collector return what they, and the dropped ones, took. Left alone it would
    /// wait for more to be allocated, which an idle gateway does not do.
    /// </summary>
    internal static void GiveBack()
    {
        Volatile.Write(ref _kept, NewPool());
        if (Interlocked.Exchange(ref _returned, 0) > 0)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    private static ArrayPool<byte> NewPool() => ArrayPool<byte>.Create(
        LargestKept, (int)Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryPerKeptArray, 2, MostKept));
}
