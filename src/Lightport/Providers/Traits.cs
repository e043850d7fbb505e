namespace Lightport.Providers;

/// <summary>
/// What a model, or the server that it runs on, takes and needs; null where nobody said. A provider's file, the file of
/// model families and <c>lightport.yaml</c> all say it in the same words.
/// </summary>
public sealed record Traits
{
    public static Traits Unsaid { get; } = new();

    /// <summary>The most tokens of one answer.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>The most tokens of prompt and answer together.</summary>
    public int? ContextLength { get; init; }

    /// <summary>
    /// The most tokens of one answer that are written a second, where that is more than most write; what nobody read is
    /// counted by it.
    /// </summary>
    public int? TokensPerSecond { get; init; }

    /// <summary>Takes tools.</summary>
    public bool? Tools { get; init; }

    /// <summary>What it takes beside text, of <see cref="TraitWords.Inputs"/>.</summary>
    public IReadOnlyList<string>? Input { get; init; }

    /// <summary>One of <see cref="TraitWords.Thinking"/>.</summary>
    public string? Thinking { get; init; }

    /// <summary>The efforts that it takes, of <see cref="TraitWords.Efforts"/> and in their order.</summary>
    public IReadOnlyList<string>? Efforts { get; init; }

    /// <summary>Takes a JSON Schema for its answer.</summary>
    public bool? StructuredOutput { get; init; }

    /// <summary>Takes a demand to call a tool, any or a named one.</summary>
    public bool? ForcedTools { get; init; }

    /// <summary>Refuses an earlier call of a tool without its maker's signature.</summary>
    public bool? SignedCalls { get; init; }

    /// <summary>Refuses earlier thinking where anything that stood before it has changed.</summary>
    public bool? BindsThinking { get; init; }

    /// <summary>Takes pictures and files inside a tool's result.</summary>
    public bool? MediaInResults { get; init; }

    /// <summary>Takes a JSON Schema for its answer beside tools too.</summary>
    public bool? SchemaBesideTools { get; init; }

    /// <summary>Accepts temperature, top_p and top_k.</summary>
    public bool? Sampling { get; init; }

    /// <summary>One of <see cref="TraitWords.SystemTurns"/>.</summary>
    public string? SystemTurns { get; init; }

    /// <summary>Knows chat's <c>developer</c> role.</summary>
    public bool? DeveloperRole { get; init; }

    /// <summary>Understands <c>stream_options.include_usage</c>.</summary>
    public bool? StreamUsage { get; init; }

    /// <summary>Knows chat's <c>safety_identifier</c>.</summary>
    public bool? SafetyIdentifier { get; init; }

    /// <summary>Knows chat's custom tools, which are called with free text.</summary>
    public bool? CustomTools { get; init; }

    /// <summary>The field that earlier reasoning must go back in.</summary>
    public string? ReasoningField { get; init; }

    /// <summary>Knows Responses' <c>prompt_cache_breakpoint</c>.</summary>
    public bool? CacheBreakpoints { get; init; }

    /// <summary>
    /// The endpoint, of those that its provider has, where the model does the most: told there where a request is
    /// translated.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>
    /// What it does at <see cref="Endpoint"/> it does nowhere else, so that requests are translated that could pass.
    /// </summary>
    public bool? EndpointAlways { get; init; }

    /// <summary>What is said here, and where nothing is, what is said of the more general.</summary>
    public Traits Over(Traits general) => new()
    {
        MaxOutputTokens = MaxOutputTokens ?? general.MaxOutputTokens,
        ContextLength = ContextLength ?? general.ContextLength,
        TokensPerSecond = TokensPerSecond ?? general.TokensPerSecond,
        Tools = Tools ?? general.Tools,
        Input = Input ?? general.Input,
        Thinking = Thinking ?? general.Thinking,
        Efforts = Efforts ?? general.Efforts,
        StructuredOutput = StructuredOutput ?? general.StructuredOutput,
        ForcedTools = ForcedTools ?? general.ForcedTools,
        SignedCalls = SignedCalls ?? general.SignedCalls,
        BindsThinking = BindsThinking ?? general.BindsThinking,
        MediaInResults = MediaInResults ?? general.MediaInResults,
        SchemaBesideTools = SchemaBesideTools ?? general.SchemaBesideTools,
        Sampling = Sampling ?? general.Sampling,
        SystemTurns = SystemTurns ?? general.SystemTurns,
        DeveloperRole = DeveloperRole ?? general.DeveloperRole,
        StreamUsage = StreamUsage ?? general.StreamUsage,
        SafetyIdentifier = SafetyIdentifier ?? general.SafetyIdentifier,
        CustomTools = CustomTools ?? general.CustomTools,
        ReasoningField = ReasoningField ?? general.ReasoningField,
        CacheBreakpoints = CacheBreakpoints ?? general.CacheBreakpoints,
        Endpoint = Endpoint ?? general.Endpoint,
        EndpointAlways = EndpointAlways ?? general.EndpointAlways,
    };
}
