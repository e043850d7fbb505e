using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>
/// What the conditions of <c>mcp.rules</c> may name: CEL, and what is known of a call at the gateway's own MCP server.
/// No model is asked there, so it has no words for one.
/// </summary>
internal static class CallLanguage
{
    public const string Call = "call";

    private static CelType CallType { get; } = CelType.Object(Call, new Dictionary<string, CelType>
    {
        ["server"] = CelType.String,
        ["method"] = CelType.String,
        ["name"] = CelType.String,
        ["read_only"] = CelType.Bool,
    });

    /// <summary>One for all configurations.</summary>
    public static CelEnvironment Environment { get; } = new(
    [
        new CelVariable(Call, CallType),
        new CelVariable(RuleLanguage.Key, RuleLanguage.KeyType),
        new CelVariable(RuleLanguage.Headers, RuleLanguage.Texts),
        new CelVariable(RuleLanguage.Now, CelType.Timestamp),
    ]);
}
