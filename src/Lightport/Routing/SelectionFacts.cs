using Lightport.Routing.Preferences;

namespace Lightport.Routing;

/// <summary>What is known of a request when its targets are put in order.</summary>
/// <param name="Model">The model that the client asked for.</param>
/// <param name="Route">What it was found under.</param>
/// <param name="Stream">Whether the answer is to be streamed.</param>
/// <param name="PromptTokens">The length of the prompt, estimated from the body's.</param>
public readonly record struct SelectionFacts(string Model, Route Route, bool Stream, long PromptTokens)
{
    /// <summary>The client sent its own key for the provider.</summary>
    public bool BringsKey { get; init; }

    /// <summary>What it says itself of where it wants to go; null where nothing.</summary>
    internal RoutingPreferences? Preferences { get; init; }

    /// <summary>No answer is generated for it, so that it takes nobody's turn: a count, an explanation.</summary>
    public bool OnlyLooks { get; init; }

    /// <summary>Tells what costs work to find out; null where nobody knows more than this.</summary>
    public IRoutedRequest? Request { get; init; }
}
