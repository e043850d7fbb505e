using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Writes the fields that only Gemini's clients know, each where it stood: its name is its path.</summary>
internal static class GoogleGeminiExtensions
{
    public const string GenerationPrefix = "generationConfig.";
    public const string ThinkingPrefix = "generationConfig.thinkingConfig.";
    public const string ToolPrefix = "toolConfig.";
    public const string CallingPrefix = "toolConfig.functionCallingConfig.";

    /// <summary>Those at the top of the body.</summary>
    public static void WriteTop(Utf8JsonWriter writer, ChatRequest request) =>
        Write(writer, Picked(request, IsAtTop, ""), "");

    /// <summary>Those directly under a path.</summary>
    public static Extension[] Under(ChatRequest request, string prefix) => Picked(
        request,
        static (one, prefix) =>
            one.Name.StartsWith(prefix, StringComparison.Ordinal) && one.Name.IndexOf('.', prefix.Length) < 0,
        prefix);

    public static void Write(Utf8JsonWriter writer, Extension[] extensions, string prefix)
    {
        foreach (Extension extension in extensions)
        {
            writer.WritePropertyName(extension.Name.AsSpan(prefix.Length));
            writer.WriteOnOneLine(extension.Value);
        }
    }

    private static bool IsAtTop(Extension one, string prefix) =>
        !one.Name.StartsWith(GenerationPrefix, StringComparison.Ordinal)
        && !one.Name.StartsWith(ToolPrefix, StringComparison.Ordinal);

    private static Extension[] Picked(
        ChatRequest request, Func<Extension, string, bool> isWanted, string prefix)
    {
        if (!GoogleGeminiRequestEncoder.IsOwn(request) || request.Extensions.Count == 0)
        {
            return [];
        }

        var picked = new List<Extension>();
        foreach (Extension extension in request.Extensions)
        {
            if (isWanted(extension, prefix))
            {
                picked.Add(extension);
            }
        }

        return [.. picked];
    }
}
