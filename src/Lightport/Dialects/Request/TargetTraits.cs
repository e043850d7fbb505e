namespace Lightport.Dialects;

/// <summary>
/// What an encoder must know of the provider and model that it writes for. Filled from the catalog's data.
/// </summary>
public sealed record TargetTraits
{
    public static TargetTraits Default { get; } = new();

    /// <summary>The model's own limit, for dialects that demand one; null where the catalog does not know.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>
    /// The most tokens of one answer that it writes a second; null where nobody said, and it writes as most do.
    /// </summary>
    public int? TokensPerSecond { get; init; }

    /// <summary>
    /// How it is told how much to think. A model that is not known to think is told nothing: many refuse the field.
    /// </summary>
    public ThinkingStyle Thinking { get; init; } = ThinkingStyle.Effort;

    /// <summary>The efforts that it takes, least first; empty where nobody said which.</summary>
    public IReadOnlyList<string> Efforts { get; init; } = [];

    /// <summary>Takes a JSON Schema for its answer; where false, a reserved tool stands in.</summary>
    public bool StructuredOutput { get; init; } = true;

    /// <summary>Takes a demand to call a tool; where false, a tool can only be offered.</summary>
    public bool ForcedTools { get; init; } = true;

    /// <summary>Where its chat template lets a system turn stand.</summary>
    public SystemTurns SystemTurns { get; init; } = SystemTurns.InPlace;

    /// <summary>Knows the <c>developer</c> role; where false, such turns are sent as <c>system</c>.</summary>
    public bool DeveloperRole { get; init; }

    /// <summary>Knows chat's <c>stream_options.include_usage</c>; where false, it is not sent.</summary>
    public bool StreamUsage { get; init; } = true;

    /// <summary>
    /// Knows chat's <c>safety_identifier</c>; where false, the end user's name goes into <c>user</c> alone.
    /// </summary>
    public bool SafetyIdentifier { get; init; }

    /// <summary>
    /// Knows chat's custom tools, which are called with free text; where false, a function of one text stands in.
    /// </summary>
    public bool CustomTools { get; init; } = true;

    /// <summary>Refuses a tool's call in the history that its maker's signature does not stand on.</summary>
    public bool SignedCalls { get; init; }

    /// <summary>Refuses earlier thinking where anything that stood before it has changed.</summary>
    public bool BindsThinking { get; init; }

    /// <summary>Takes pictures and files inside a tool's result; where false, they go behind it.</summary>
    public bool MediaInResults { get; init; }

    /// <summary>Takes a JSON Schema for its answer beside tools too.</summary>
    public bool SchemaBesideTools { get; init; }

    /// <summary>Accepts temperature, top_p and top_k.</summary>
    public bool Sampling { get; init; } = true;

    /// <summary>
    /// The field that earlier reasoning goes back in (<c>reasoning_content</c>); null where none is wanted.
    /// </summary>
    public string? ReasoningField { get; init; }

    /// <summary>
    /// Knows Responses' <c>prompt_cache_breakpoint</c>; where false, a client's marks of the cache are left out.
    /// </summary>
    public bool CacheBreakpoints { get; init; }
}
