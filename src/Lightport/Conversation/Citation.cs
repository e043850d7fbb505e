using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lightport.Conversation;

/// <summary>Where a piece of the answer comes from.</summary>
/// <param name="Sources">At least one; several where they support the same span together.</param>
[method: JsonConstructor]
public sealed record Citation(IReadOnlyList<CitationSource> Sources)
{
    public Citation(CitationSource source)
        : this([source])
    {
    }

    /// <summary>
    /// The span of the answer's text that it supports, in UTF-16 units; null where the provider did not say.
    /// </summary>
    public int? StartIndex { get; init; }

    public int? EndIndex { get; init; }

    /// <summary>
    /// The citation in <see cref="NativeDialect"/>, whole, so that the same dialect gets it unchanged.
    /// </summary>
    public JsonElement? Native { get; init; }

    public string? NativeDialect { get; init; }
}
