using System.IO.Enumeration;

namespace Lightport.Providers;

/// <summary>Where a provider speaks one dialect, and what is true of it there.</summary>
/// <param name="Path">
/// Appended to the provider's base; a whole address (<c>https://…</c>) stands alone. Placeholders: any setting, and
/// <c>{model}</c>.
/// </param>
public sealed record ProviderEndpoint(string Path)
{
    /// <summary>
    /// The models that are asked for here, by the provider's names, with <c>*</c> for any run of characters; none where
    /// all are.
    /// </summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>
    /// What is taken off a model's name before the server is told it, in address and body (<c>mistralai/</c>); it is
    /// there to choose the endpoint.
    /// </summary>
    public string ModelPrefix { get; init; } = "";

    /// <summary>Where streamed calls go; null where all go to one place.</summary>
    public string? StreamPath { get; init; }

    /// <summary>Keeps the dialect's laws to the letter, so that its answers pass byte for byte.</summary>
    public bool Exact { get; init; }

    /// <summary>What this server takes, whatever model it runs.</summary>
    public Traits Traits { get; init; } = Traits.Unsaid;

    /// <summary>How the provider's key is shown here; null where it is shown as everywhere at the provider.</summary>
    public ProviderAuthentication? Authentication { get; init; }

    /// <summary>What this server renames, refuses or needs.</summary>
    public ParameterRules Parameters { get; init; } = ParameterRules.None;

    /// <summary>Headers sent with every call, over those of the provider.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Client headers handed on (<c>anthropic-beta</c>), beside those of the provider.</summary>
    public IReadOnlyList<string> ForwardHeaders { get; init; } = [];

    /// <summary>How a streamed answer is cut into frames; null where it is as the dialect has it.</summary>
    public StreamFraming? Framing { get; init; }

    /// <summary>A model's name as this server knows it.</summary>
    public string ToldAs(string model) =>
        model.StartsWith(ModelPrefix, StringComparison.Ordinal) ? model[ModelPrefix.Length..] : model;

    /// <summary>Whether a model is asked for here.</summary>
    public bool Serves(string model)
    {
        foreach (string pattern in Models)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, model))
            {
                return true;
            }
        }

        return Models.Count == 0;
    }
}
