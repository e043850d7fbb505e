using System.Text.Json.Nodes;
using Lightport.Conformance.Wire;

namespace Lightport.EndToEnd.Upstream;

/// <summary>Finds the tool that must be called: the one that a request names, or the first where any will do.</summary>
internal static class ForcedTool
{
    /// <returns>Its name; null where the model is free.</returns>
    public static string? Of(UpstreamCall call) => call.Wire switch
    {
        Wire.Gemini => OfGemini(call.Request.Body),
        Wire.Converse => OfConverse(call.Request.Body.Object("toolConfig")),
        _ => OfToolChoice(call.Request.Body),
    };

    private static string? OfGemini(JsonObject body) =>
        body.Object("toolConfig").Object("functionCallingConfig").Text("mode") == "ANY"
            ? body.Items("tools").SelectMany(tool => tool.Items("functionDeclarations")).First().Text("name")
            : null;

    private static string? OfConverse(JsonObject? config) => config.Object("toolChoice") switch
    {
        { } choice when choice.Object("any") is not null =>
            config.Items("tools").First().Object("toolSpec").Text("name"),
        var choice => choice.Object("tool").Text("name"),
    };

    private static string? OfToolChoice(JsonObject body)
    {
        bool isAny = body.Text("tool_choice") == "required" || body.Object("tool_choice").Text("type") == "any";
        JsonObject? named = isAny ? body.Items("tools").First() : body.Object("tool_choice");
        return named.Object("function").Text("name") ?? named.Text("name");
    }
}
