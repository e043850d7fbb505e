using System.Collections.Concurrent;

namespace Lightport.Transport.Body;

/// <summary>
/// How much memory all bodies in flight may take together, one for the whole gateway. Bodies of up to a mebibyte have a
/// share of their own, so that large ones, however many come at once, leave room for small requests; and of each share
/// no one caller has more than a part of what the others leave, so that its requests leave room for theirs: half of the
/// share for small ones, and three quarters of that for large ones, in which its longest body must have room.
/// </summary>
public sealed class BodyBudget
{
    /// <summary>The longest body that takes of the share for small ones: 1 MiB.</summary>
    public const int LargestSmall = 1024 * 1024;

    /// <summary>
    /// What is not counted, in bytes: no more than the host keeps for each connection anyway. Requests on all
    /// processors would else write to one place each time, and take it from one another.
    /// </summary>
    internal const int Trifle = 4 * 1024;

    private const double PartOfSmall = 1d / 2;
    private const double PartOfLarge = 3d / 4;

    private readonly ConcurrentDictionary<string, BodyBudget> _callers = new(StringComparer.Ordinal);
    private readonly BodyShare _small;
    private readonly BodyShare _large;

    /// <param name="bytes">Both shares together.</param>
    public BodyBudget(long bytes)
        : this(new BodyShare(bytes / 4), new BodyShare(bytes - (bytes / 4)))
    {
    }

    private BodyBudget(BodyShare small, BodyShare large) => (_small, _large) = (small, large);

    /// <summary>Half of what the process may use: the rest is the runtime's, and what bodies are read into.</summary>
    public static BodyBudget OfMemory() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>What one caller may take of it.</summary>
    /// <param name="id">One of a bounded number, for each is remembered: a key's that was given out here.</param>
    public BodyBudget For(string id) => _callers.TryGetValue(id, out BodyBudget? known)
        ? known
        : _callers.GetOrAdd(
            id, new BodyBudget(new BodyShare(_small, PartOfSmall), new BodyShare(_large, PartOfLarge)));

    /// <summary>Takes so many bytes for what is made of a body.</summary>
    /// <exception cref="BodyBudgetException">There is not so much left.</exception>
    internal BodyClaim Claim(long bytes)
    {
        if (bytes <= Trifle)
        {
            return BodyClaim.None;
        }

        BodyShare share = ShareOf(bytes);
        share.Take(bytes);
        return new BodyClaim(share, bytes);
    }

    /// <param name="body">How long the body is, as far as is known.</param>
    internal BodyShare ShareOf(long body) => body <= LargestSmall ? _small : _large;
}
