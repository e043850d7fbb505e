namespace Lightport.Providers;

/// <summary>
/// What a model can do at one provider, as of the day that its file names. Whatever is null is unknown, and what is
/// known can be out of date: models gain abilities.
/// </summary>
internal sealed record ModelFacts
{
    /// <summary>In tokens, prompt and answer together.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>In tokens; null where a prompt may fill the context.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>In tokens, reasoning included.</summary>
    public int? OutputTokens { get; init; }

    public Modalities? Input { get; init; }

    public Modalities? Output { get; init; }

    public bool? Tools { get; init; }

    /// <summary>Answers can be held to a JSON schema.</summary>
    public bool? StructuredOutput { get; init; }

    public bool? Reasoning { get; init; }
}
