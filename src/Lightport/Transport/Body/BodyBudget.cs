namespace Lightport.Transport.Body;

/// <summary>
/// How much memory all bodies in flight may take together, one for the whole gateway. Bodies of up to a mebibyte have a
/// share of their own, so that large ones, however many come at once, leave room for small requests.
/// </summary>
/// <param name="bytes">Both shares together.</param>
public sealed class BodyBudget(long bytes)
{
    /// <summary>The longest body that takes of the share for small ones: 1 MiB.</summary>
    public const int LargestSmall = 1024 * 1024;

    private readonly BodyShare _small = new(bytes / 4);
    private readonly BodyShare _large = new(bytes - (bytes / 4));

    /// <summary>Half of what the process may use: the rest is the runtime's, and what bodies are read into.</summary>
    public static BodyBudget OfMemory() => new(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <param name="body">How long the body is, as far as is known.</param>
    internal BodyShare ShareOf(int body) => body <= LargestSmall ? _small : _large;
}
