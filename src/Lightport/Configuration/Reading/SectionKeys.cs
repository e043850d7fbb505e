namespace Lightport.Configuration.Reading;

/// <summary>What may stand in a mapping.</summary>
/// <param name="Known">The keys that are read.</param>
/// <param name="Later">Keys of the design that this version does not have: refused by name, never ignored.</param>
internal sealed record SectionKeys(IReadOnlyList<string> Known, IReadOnlyList<string> Later)
{
    public SectionKeys(params string[] known)
        : this(known, [])
    {
    }

    /// <summary>What a mapping of these keys looks like, as errors show it.</summary>
    public string Example { get; init; } = "{ key: value }";
}
