using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads the choice among tools (https://ai.google.dev/api/caching#FunctionCallingConfig). <c>VALIDATED</c> is a choice
/// as free as <c>AUTO</c>, whose calls are held to their schemas.
/// </summary>
internal static class GoogleGeminiToolChoice
{
    private const string Config = "functionCallingConfig";

    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names(Config);
    private static readonly FrozenSet<string> KnownOfCalling = GoogleGeminiFields.Names("mode", "allowedFunctionNames");

    /// <summary>Whether it may be that there is nothing to call, its route alone can say.</summary>
    public static ToolChoice? Decode(
        GoogleGeminiFields fields, IReadOnlyList<ToolDefinition> tools, List<Extension> extensions)
    {
        if (fields.Object(fields.Root, "toolConfig") is not { } config)
        {
            return null;
        }

        extensions.AddRange(fields.Others(config, Known, "toolConfig."));
        if (fields.Object(config, Config) is not { } calling)
        {
            return null;
        }

        extensions.AddRange(fields.Others(calling, KnownOfCalling, $"toolConfig.{Config}."));
        IReadOnlyList<string> names = fields.Texts(calling, "allowedFunctionNames");
        switch (fields.Word(calling, "mode"))
        {
            case null or "MODE_UNSPECIFIED" or "AUTO":
                return ToolChoice.Auto;
            case "NONE":
                return ToolChoice.None;
            case "ANY":
                return tools.Count > 0 ? Required(names) : Required(names) with
                {
                    Unmet = fields.Wrong(calling, "asks for a call, and no function is declared").Error,
                };
            case "VALIDATED":
                extensions.Add(new Extension($"toolConfig.{Config}.mode", fields.Find(calling, "mode")!.Value));
                return names.Count > 0 ? new ToolChoice(ToolChoiceMode.Allowed, names) : ToolChoice.Auto;
            default:
                throw fields.Wrong(fields.Find(calling, "mode")!.Value, "must be AUTO, ANY, NONE or VALIDATED");
        }
    }

    private static ToolChoice Required(IReadOnlyList<string> names) => names switch
    {
        [] => ToolChoice.Any,
        [var only] => ToolChoice.Named(only),
        _ => new ToolChoice(ToolChoiceMode.Allowed, names, Required: true),
    };
}
