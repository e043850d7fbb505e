using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Turns the call of a function that stood in for a custom tool (<c>{"input":"…"}</c>) back into the custom tool's call
/// (https://platform.openai.com/docs/guides/function-calling#custom-tools).
/// </summary>
internal static class OpenAIChatCustomCalls
{
    /// <summary>The one property of a function that stands in for a custom tool.</summary>
    private const string Input = "input";

    public static IReadOnlyList<ContentPart> Restore(
        IReadOnlyList<ContentPart> parts, IReadOnlySet<string> customTools) =>
        customTools.Count == 0 ? parts : [.. parts.Select(part => Restore(part, customTools))];

    public static bool StandsIn(ToolKind kind, string name, IReadOnlySet<string> customTools) =>
        kind == ToolKind.Function && customTools.Contains(name);

    /// <summary>The free text; arguments of any other shape are the text themselves.</summary>
    public static string Text(string arguments)
    {
        try
        {
            return JsonElement.Parse(arguments).TextOf(Input) ?? arguments;
        }
        catch (JsonException)
        {
            // The model's own words, cut off or never JSON: they are all there is.
            return arguments;
        }
    }

    private static ContentPart Restore(ContentPart part, IReadOnlySet<string> customTools) =>
        part is ToolCallPart call && StandsIn(call.Kind, call.Name, customTools)
            ? call with { Kind = ToolKind.Custom, Arguments = Text(call.Arguments) }
            : part;
}
