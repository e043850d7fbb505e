using System.Collections.Frozen;

namespace Lightport.Dialects;

/// <summary>What an answer's encoder must know beside the answer.</summary>
public sealed record ResponseContext
{
    /// <summary>The gateway's id of the request; the seed of the answer's id where the provider gave none.</summary>
    public required string RequestId { get; init; }

    /// <summary>The model to name where the provider named none.</summary>
    public required string Model { get; init; }

    /// <summary>Seconds since 1970-01-01T00:00:00Z, for answers that carry no time of their own.</summary>
    public required long Created { get; init; }

    /// <summary>The request's size in tokens, guessed, for answers whose provider tells no usage.</summary>
    public long EstimatedPromptTokens { get; init; }

    /// <summary>Whether the client asked a stream to end in usage.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>
    /// The request's tools that are called with free text, by name: where a target knows functions only, a call of one
    /// comes back as a call with an object, and is told to the client as what it asked for.
    /// </summary>
    public IReadOnlySet<string> CustomTools { get; init; } = FrozenSet<string>.Empty;

    /// <summary>What was said to the target in other words than the client's.</summary>
    public AnswerRestoration Restoration { get; init; } = AnswerRestoration.Nothing;

    /// <summary>
    /// The client knows one call an answer, of a function (chat's <c>function_call</c> of old).
    /// </summary>
    public bool FunctionCall { get; init; }

    /// <summary>Takes down what of the answer this client's dialect cannot say.</summary>
    public AnswerLosses Losses { get; init; } = new();

    /// <summary>The client may see thinking only by its signature (Anthropic's <c>display: omitted</c>).</summary>
    public bool OmitReasoning { get; init; }
}
