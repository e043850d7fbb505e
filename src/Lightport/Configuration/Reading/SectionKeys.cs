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

    /// <summary>What a mapping of these keys looks like, as errors show it; null where they name the keys.</summary>
    public string? Example { get; init; }

    /// <summary>What other programs call keys that are here, by their words.</summary>
    public IReadOnlyDictionary<string, string> OtherWords { get; init; } = new Dictionary<string, string>();

    /// <summary>What other programs say here and is said elsewhere: by their words, a sentence of where.</summary>
    public IReadOnlyDictionary<string, string> SaidElsewhere { get; init; } = new Dictionary<string, string>();

    /// <summary>What must be there, where something else is.</summary>
    public string Shape => Example is { } example
        ? $"a mapping, as in {example}"
        : $"a mapping (its keys: {string.Join(", ", Known)})";
}
