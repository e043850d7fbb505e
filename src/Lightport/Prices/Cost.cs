using System.Diagnostics.CodeAnalysis;

namespace Lightport.Prices;

/// <summary>What an answer cost, or why that is not known.</summary>
/// <param name="Dollars">US dollars, unrounded; null where they are unknown.</param>
/// <param name="Unpriced">What has no known price: a class of tokens, a service, the model; null where all has.</param>
/// <param name="Version">Who says what it costs; null where nobody does.</param>
public readonly record struct Cost(decimal? Dollars, string? Unpriced, string? Version)
{
    /// <summary>Nothing is known of what the model costs.</summary>
    public static Cost UnknownModel { get; } = new(null, "model", null);

    /// <summary>The part of <see cref="Dollars"/> that is for all classes of input.</summary>
    public decimal Prompt { get; init; }

    /// <summary>The part of <see cref="Dollars"/> that is for all classes of output.</summary>
    public decimal Completion { get; init; }

    /// <summary>Both together; not known where one of them is not.</summary>
    public Cost Plus(Cost other) => new(Dollars + other.Dollars, Unpriced ?? other.Unpriced, other.Version ?? Version)
    {
        Prompt = Prompt + other.Prompt,
        Completion = Completion + other.Completion,
    };

    [MemberNotNullWhen(true, nameof(Dollars))]
    public bool IsKnown => Dollars is not null;
}
