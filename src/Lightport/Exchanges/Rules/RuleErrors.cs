using Lightport.Conversation;

namespace Lightport.Exchanges.Rules;

/// <summary>What a client is told by rules. Never which rule it was: that tells how to get around it.</summary>
internal static class RuleErrors
{
    /// <summary>The code of every refusal by a rule.</summary>
    public const string DeniedCode = "denied_by_rule";

    public const string MetadataHeader = "x-lightport-metadata";

    public static GatewayException Denied(string message) => new(
        new GatewayError(ErrorStage.Routing, ErrorKind.Permission, 403, message) { Code = DeniedCode });

    /// <summary>A condition failed, and the rule says to refuse then.</summary>
    public static GatewayException NotEvaluated() => Denied(
        "A rule of this gateway needs something that this request does not say, or says at too great a length, "
        + "and refuses it.");

    public static GatewayException NotSettable(string field) => GatewayException.BadRequest(
        $"A rule of this gateway sets '{field}', for which this request's body has no place: it must be a JSON object, "
        + "and so must all that the field stands in.",
        field,
        "rule_not_applicable");

    public static GatewayException Metadata(string problem) => GatewayException.BadRequest(
        $"The header {MetadataHeader} {problem}.", MetadataHeader, "invalid_metadata");
}
