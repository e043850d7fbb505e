namespace Lightport.Routing.Preferences;

/// <summary>
/// What a request says of where it wants to go, in OpenRouter's words
/// (https://openrouter.ai/docs/guides/routing/provider-selection, …/model-fallbacks).
/// </summary>
internal sealed record RoutingPreferences
{
    /// <summary>The endpoint at which a provider that knows these words itself is told them.</summary>
    public required string Endpoint { get; init; }

    /// <summary>The models to ask where the first cannot answer, in this order.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The providers to ask first, in this order.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>The only providers to ask; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Others may be asked where the first has failed.</summary>
    public bool AllowFallbacks { get; init; } = true;

    /// <summary>Whoever cannot take each of its parameters is not to be asked.</summary>
    public bool RequireParameters { get; init; }

    public PreferredSort? Sort { get; init; }

    /// <summary>The targets of all models are sorted as one, and not model by model.</summary>
    public bool SortAcrossModels { get; init; }

    public PriceLimit? MaxPrice { get; init; }

    /// <summary>Nothing of it may be kept.</summary>
    public bool ZeroRetention { get; init; }

    /// <summary>No model may be trained with it.</summary>
    public bool NoTraining { get; init; }

    /// <summary>How the weights may be stored; null for any.</summary>
    public IReadOnlyList<string>? Quantizations { get; init; }

    /// <summary>In tokens a second; whoever is slower is asked after the others.</summary>
    public double? MinThroughput { get; init; }

    /// <summary>Until the answer begins; whoever takes longer is asked after the others.</summary>
    public TimeSpan? MaxLatency { get; init; }

    /// <summary>The target's provider knows these words, gets them as they are, and keeps to them itself.</summary>
    public bool AreKeptBy(Target target) => AreKeptBy(target, Endpoint);

    /// <summary>None of the targets leaves them to the gateway.</summary>
    public static bool AreAllKeptBy(IReadOnlyList<Target> targets, string endpoint)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (!AreKeptBy(targets[i], endpoint))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreKeptBy(Target target, string endpoint) =>
        target.Provider.Provider is { TakesPreferences: true } provider && provider.Endpoints.ContainsKey(endpoint);
}
