using System.Text.Json;

namespace Lightport.Providers;

/// <summary>One field of a request body and what becomes of it.</summary>
/// <param name="Field">The field, at the top of the body or inside an object there.</param>
/// <param name="Action">What to do with it.</param>
public sealed record ParameterRule(ParameterPath Field, ParameterAction Action)
{
    /// <summary><see cref="ParameterAction.Rename"/>: the new name, in whichever object.</summary>
    public ParameterPath? NewName { get; init; }

    /// <summary><see cref="ParameterAction.Default"/>: sent where the client sent nothing.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>
    /// <see cref="ParameterAction.Drop"/> and <see cref="ParameterAction.Reject"/>: values that ask for what the
    /// provider does anyway (<c>"n": 1</c>); the field is left out all the same, but nothing is lost.
    /// </summary>
    public IReadOnlyList<JsonElement> Except { get; init; } = [];

    /// <summary>
    /// <see cref="ParameterAction.Drop"/> and <see cref="ParameterAction.Reject"/>: another field, and its values under
    /// which this one is taken after all; a <c>null</c> among them stands for its absence.
    /// </summary>
    public (ParameterPath Field, IReadOnlyList<JsonElement> Values)? Unless { get; init; }

    /// <summary><see cref="ParameterAction.Clamp"/>: the least and the most that are accepted.</summary>
    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    /// <summary><see cref="ParameterAction.Map"/>: string value to the provider's own word for it.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}

/// <summary>What is done with a field that a provider does not take as the dialect has it.</summary>
public enum ParameterAction
{
    /// <summary>Send it under another name.</summary>
    Rename,

    /// <summary>Leave it out, and tell the client; the route's policy may reject instead.</summary>
    Drop,

    /// <summary>Its loss would change the answer's meaning: reject, unless the route's policy drops.</summary>
    Reject,

    Default,
    Clamp,
    Map,

    /// <summary>Undo what a more general family's rule does.</summary>
    Keep,
}
