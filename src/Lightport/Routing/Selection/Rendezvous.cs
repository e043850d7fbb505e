namespace Lightport.Routing.Selection;

/// <summary>
/// Where requests meet that share an affinity, without anybody keeping a list: each target draws a number from the
/// affinity and its own name, the same on every instance and after every start. A target that comes or goes changes no
/// other's number, so that only its own share moves.
/// </summary>
internal static class Rendezvous
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>A target's number, whichever of its provider's accounts is asked: above 0, up to 1.</summary>
    public static double Number(ulong affinity, Target target) =>
        Number(affinity, Hash(target.Label ?? "", Hash(target.Model, Hash(target.Provider.Name, FnvOffset))));

    /// <summary>An account's number, the same for all models of its provider.</summary>
    public static double Number(ulong affinity, ProviderAccount account) =>
        Number(affinity, Hash(account.Name, FnvOffset));

    private static double Number(ulong affinity, ulong name) =>
        ((Mix(affinity ^ name) >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>FNV-1a over UTF-16, each text ended by a character that no name has.</summary>
    private static ulong Hash(string text, ulong hash)
    {
        foreach (char letter in text)
        {
            hash = (hash ^ letter) * FnvPrime;
        }

        return (hash ^ '\n') * FnvPrime;
    }

    /// <summary>SplitMix64's finalizer: each bit of the number depends on each of the hash.</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
