using Lightport.Cel;
using Lightport.Providers;

namespace Lightport.Routing.Rules;

/// <summary>A condition, and what follows where a request meets it.</summary>
/// <param name="Name">As it is written, or its place (<c>#3</c>); for logs and explanations, never for clients.</param>
/// <param name="Condition">Gives a truth value.</param>
internal sealed record RouteRule(string Name, CelProgram Condition)
{
    /// <summary>Where the request goes, whatever model it asked for; null leaves that as it is.</summary>
    public Route? Route { get; init; }

    /// <summary>Fields of the client's body and their JSON text, whatever the client said there.</summary>
    public IReadOnlyList<KeyValuePair<ParameterPath, byte[]>> Set { get; init; } = [];

    /// <summary>A word that the request's record carries.</summary>
    public string? Tag { get; init; }

    /// <summary>What the client is told, whose request is refused; null where it is not.</summary>
    public string? Deny { get; init; }

    /// <summary>Which of the sessions that meet the condition the rule is for; null for all.</summary>
    public RuleShare? Share { get; init; }

    /// <summary>
    /// What becomes of a request that the condition cannot be evaluated for. Unwritten, it is refused.
    /// </summary>
    public RuleFailure OnError { get; init; } = RuleFailure.Deny;
}
