using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads one item of an answer's output, as it is in the end.</summary>
internal static class OpenAIResponsesItemReader
{
    /// <summary>Stands between the pieces of one thought.</summary>
    public const string Break = "\n\n";

    /// <summary>Adds the parts of an item; an item may have none.</summary>
    /// <param name="said">How much text the answer has before it; counts on.</param>
    public static void Read(JsonElement item, OpenAIResponsesSaidText said, List<ContentPart> parts)
    {
        switch (item.TextOf("type"))
        {
            case "message":
                foreach (JsonElement content in item.ItemsOf("content"))
                {
                    if (ReadContent(item, content, said.Length) is { } part)
                    {
                        parts.Add(said.Count(part));
                    }
                }

                break;
            case "reasoning":
                if (ReadReasoning(item) is { } reasoning)
                {
                    parts.Add(reasoning);
                }

                break;
            case "function_call" or "custom_tool_call":
                parts.Add(ReadCall(item));
                break;
            case var type:
                parts.Add(OpenAIResponsesServerTools.Read(type ?? "unknown", item));
                break;
        }
    }

    /// <summary>One part of a message; null where it says nothing.</summary>
    /// <param name="offset">Where in the answer's text it begins.</param>
    public static ContentPart? ReadContent(JsonElement message, JsonElement content, int offset)
    {
        string type = content.TextOf("type") ?? "unknown";
        if (type == "refusal")
        {
            return content.TextOf("refusal") is { Length: > 0 } refusal ? new RefusalPart(refusal) : null;
        }

        if (type != "output_text")
        {
            return new OpaquePart(DialectIds.OpenAIResponses, type, content);
        }

        string text = content.TextOf("text") ?? "";
        List<Citation>? citations = ReadCitations(content, offset);
        return text.Length == 0 && citations is null
            ? null
            : OpeningText(message) with { Text = text, Citations = citations ?? (IReadOnlyList<Citation>)[] };
    }

    /// <summary>A text of a message before anything of it is told.</summary>
    public static TextPart OpeningText(JsonElement message) => new("")
    {
        Id = message.TextOf("id"),
        Extensions = message.ValueOf(OpenAIResponsesWire.Phase) is { } phase
            ? [new Extension(OpenAIResponsesWire.Phase, phase)]
            : [],
    };

    /// <summary>Its words, and what the provider wants back of it; null where it has neither.</summary>
    public static ReasoningPart? ReadReasoning(JsonElement item)
    {
        var words = new StringBuilder();
        foreach (JsonElement piece in item.ItemsOf("summary").Concat(item.ItemsOf("content")))
        {
            if (piece.TextOf("text") is { Length: > 0 } text)
            {
                words.Append(words.Length > 0 ? Break : "").Append(text);
            }
        }

        OpaqueState? state = StateOf(item);
        return words.Length == 0 && state is null
            ? null
            : new ReasoningPart(words.ToString()) { Id = item.TextOf("id"), State = state };
    }

    public static ToolCallPart ReadCall(JsonElement item)
    {
        bool custom = item.TextOf("type") == "custom_tool_call";
        string? given = item.TextOf(custom ? "input" : "arguments");
        return new ToolCallPart(
            item.TextOf("call_id") ?? item.TextOf("id") ?? "",
            item.TextOf("name") ?? "",
            custom ? given ?? "" : string.IsNullOrEmpty(given) ? "{}" : given)
        {
            Id = item.TextOf("id"),
            Kind = custom ? ToolKind.Custom : ToolKind.Function,
        };
    }

    /// <summary>Adds how likely the tokens of a message were, a piece for each of its texts that tells it.</summary>
    public static void ReadLogprobs(JsonElement item, List<ChoiceLogprobs> logprobs)
    {
        foreach (JsonElement content in item.ItemsOf("content"))
        {
            if (ReadLogprobs(content.ValueOf("logprobs")) is { } told)
            {
                logprobs.Add(told);
            }
        }
    }

    /// <summary>Null for an empty list too, which stands everywhere where nobody asked.</summary>
    public static ChoiceLogprobs? ReadLogprobs(JsonElement? tokens) =>
        tokens is { } list && !IsEmpty(list) && OpenAIChatLogprobs.ReadTokens(list) is { Count: > 0 } read
            ? new ChoiceLogprobs { Content = read }
            : null;

    private static bool IsEmpty(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0;

    /// <summary>Null where there are none.</summary>
    private static List<Citation>? ReadCitations(JsonElement content, int offset)
    {
        List<Citation>? citations = null;
        foreach (JsonElement annotation in content.ItemsOf("annotations"))
        {
            (citations ??= []).Add(OpenAIResponsesAnnotations.Read(annotation, offset));
        }

        return citations;
    }

    private static OpaqueState? StateOf(JsonElement item) =>
        item.TextOf("encrypted_content") is { Length: > 0 } data
            ? new OpaqueState(StateFormats.OpenAI, data, Redacted: true)
            : null;
}
