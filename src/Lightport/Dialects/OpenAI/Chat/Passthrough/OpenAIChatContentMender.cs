using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Mends what a delta or a message says: content as a list of parts becomes the strings that chat clients read, and
/// thinking stands in <c>reasoning_content</c> whatever else it is called.
/// </summary>
internal static class OpenAIChatContentMender
{
    private static ReadOnlySpan<byte> ReasoningContent => "reasoning_content"u8;

    /// <param name="body">Where the first field of the delta or the message would stand.</param>
    public static void Mend(
        ReadOnlySpan<byte> data,
        in OpenAIChatChunkChoice choice,
        int body,
        JsonSplice splice,
        AnswerLosses losses)
    {
        string thought = choice.Content.Is(data, '[') ? MendParts(data, choice.Content, splice, losses) : "";
        if (choice.ReasoningContent.IsText(data))
        {
            return;
        }

        if (choice.Reasoning.IsText(data))
        {
            Set(data, choice, body, choice.Reasoning.In(data), splice);
            return;
        }

        if (choice.ReasoningDetails.Is(data, '['))
        {
            thought += string.Concat(JsonElement.Parse(choice.ReasoningDetails.In(data)).EnumerateArray()
                .Select(OpenAIChatReasoning.TextOfDetail));
        }

        if (thought.Length > 0)
        {
            Set(data, choice, body, OpenAIChatIdentity.Json(thought), splice);
        }
    }

    private static void Set(
        ReadOnlySpan<byte> data,
        in OpenAIChatChunkChoice choice,
        int body,
        ReadOnlySpan<byte> text,
        JsonSplice splice)
    {
        if (choice.ReasoningContent.IsPresent)
        {
            splice.Replace(choice.ReasoningContent, text);
        }
        else
        {
            splice.InsertField(data, body, ReasoningContent, text);
        }
    }

    /// <summary>Makes one string of the parts; returns the thinking among them.</summary>
    private static string MendParts(
        ReadOnlySpan<byte> data, JsonSlice content, JsonSplice splice, AnswerLosses losses)
    {
        var text = new StringBuilder();
        var thought = new StringBuilder();
        foreach (JsonElement part in JsonElement.Parse(content.In(data)).EnumerateArray())
        {
            switch (part.TextOf("type"))
            {
                case "text":
                    text.Append(part.TextOf("text"));
                    break;
                case "thinking":
                    thought.Append(OpenAIChatReasoning.ThinkingText(part));
                    break;
                case string other:
                    losses.Add(other);
                    break;
            }
        }

        splice.Replace(content, text.Length > 0 ? OpenAIChatIdentity.Json(text.ToString()) : "null"u8);
        return thought.ToString();
    }
}
