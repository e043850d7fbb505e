using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes the fields that only this dialect's clients know, each where it stood: its name is its path.
/// </summary>
internal static class GoogleInteractionsOwnFields
{
    public const string ConfigPrefix = "generation_config.";

    public const string StepPrefix = "input.";

    public const string FormatPrefix = "response_format.";

    /// <summary>Of a conversation that is said whole nothing is kept, whatever its client would have liked.</summary>
    public const string Store = "store";

    /// <summary>Those at the top of the body.</summary>
    public static void WriteTop(Utf8JsonWriter writer, ChatRequest request)
    {
        foreach (Extension extension in Of(request))
        {
            if (extension.Name != Store && !extension.Name.Contains('.', StringComparison.Ordinal))
            {
                Write(writer, extension.Name, extension);
            }
        }
    }

    /// <summary>Those of <c>generation_config</c>.</summary>
    public static void WriteConfig(Utf8JsonWriter writer, ChatRequest request)
    {
        foreach (Extension extension in Of(request))
        {
            if (extension.Name.StartsWith(ConfigPrefix, StringComparison.Ordinal)
                && extension.Name.IndexOf('.', ConfigPrefix.Length) < 0
                && extension.Name != ConfigPrefix + GoogleInteractionsToolWriter.Choice)
            {
                Write(writer, extension.Name[ConfigPrefix.Length..], extension);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, Extension extension)
    {
        writer.WritePropertyName(name);
        writer.WriteOnOneLine(extension.Value);
    }

    private static IReadOnlyList<Extension> Of(ChatRequest request) =>
        GoogleInteractionsRequestEncoder.IsOwn(request) ? request.Extensions : [];
}
