using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes what the answer shall hold beside its text, and the fields that a conversation has no word for: those of the
/// dialect itself, and those that OpenAI's chat has in common with it.
/// </summary>
internal static class OpenAIResponsesOtherFields
{
    private const string Include = "include";
    private const string Encrypted = "reasoning.encrypted_content";
    private const string Logprobs = "message.output_text.logprobs";

    /// <summary>https://platform.openai.com/docs/api-reference/chat/create has them in the same words.</summary>
    private static readonly FrozenSet<string> SharedWithChat = FrozenSet.Create(
        "moderation", "prompt_cache_options", "prompt_cache_retention");

    /// <summary>What the gateway says itself, whatever the client said.</summary>
    private static readonly FrozenSet<string> Own = FrozenSet.Create(Include, "store", "stream");

    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        writer.WriteOptional(Include, Included(request, context.Traits));
        foreach (Extension extension in request.Extensions)
        {
            if (IsCarried(extension, request.Dialect))
            {
                writer.WritePropertyName(extension.Name);
                writer.WriteMended(extension.Value);
            }
            else if (!IsKept(extension, request.Dialect))
            {
                context.Losses.Lose(extension);
            }
        }
    }

    private static List<string> Included(ChatRequest request, TargetTraits traits)
    {
        var included = new List<string>();
        if (request.Dialect == DialectIds.OpenAIResponses)
        {
            foreach (Extension extension in request.Extensions)
            {
                if (extension is { Name: Include, Value.ValueKind: JsonValueKind.Array })
                {
                    included.AddRange(extension.Value.EnumerateArray()
                        .Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.Text()));
                }
            }
        }

        // Asked of a model that does not think it is an error.
        Add(included, Encrypted, traits.Thinking != ThinkingStyle.None);
        Add(included, Logprobs, request.Options is { Logprobs: true } or { TopLogprobs: > 0 });
        return included;
    }

    private static void Add(List<string> included, string word, bool isWanted)
    {
        if (isWanted && !included.Contains(word))
        {
            included.Add(word);
        }
    }

    /// <summary>A field with a dotted name is a piece of one that was written already.</summary>
    private static bool IsCarried(Extension extension, string clientDialect) => clientDialect switch
    {
        DialectIds.OpenAIResponses =>
            !extension.Name.Contains('.', StringComparison.Ordinal) && !Own.Contains(extension.Name),
        DialectIds.OpenAIChat => SharedWithChat.Contains(extension.Name),
        _ => false,
    };

    /// <summary>What the request does anyway, though in other words: no provider is asked to keep an answer.</summary>
    private static bool IsKept(Extension extension, string clientDialect) =>
        (clientDialect == DialectIds.OpenAIResponses && Own.Contains(extension.Name))
        || extension is { Name: "store", Value.ValueKind: JsonValueKind.False };
}
