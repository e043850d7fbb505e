using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>A source of context, as it is configured.</summary>
/// <param name="Name">What routes, logs and explanations call it.</param>
internal abstract record ContextSource(string Name)
{
    /// <summary>How many tokens of it at most where it does not say.</summary>
    public const int UsualTokens = 4_000;

    public ContextPlace Place { get; init; } = ContextPlace.System;

    /// <summary>What the model is told of it, where it is a tool; else null.</summary>
    public string? Description { get; init; }

    /// <summary>For which requests it is asked; null for all.</summary>
    public RequestFormula? When { get; init; }

    /// <summary>The most tokens that its text may have, guessed; the rest is cut off.</summary>
    public int MaxTokens { get; init; } = UsualTokens;

    /// <summary>How long a request waits for it.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A request is refused where it fails; else it goes on without.</summary>
    public bool FailsClosed { get; init; }

    /// <summary>How long its text is remembered; zero for not at all.</summary>
    public TimeSpan Cache { get; init; }

    /// <summary>Its text comes from elsewhere, and is marked as data.</summary>
    public virtual bool IsForeign => true;

    /// <summary>All that is evaluated for a request before it is asked.</summary>
    public virtual IEnumerable<RequestFormula> Formulas => When is null ? [] : [When];
}
