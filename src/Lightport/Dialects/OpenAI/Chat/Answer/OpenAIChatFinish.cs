using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Why an answer ended: chat's four words, and those of its own that a provider on this wire may use.
/// </summary>
internal static class OpenAIChatFinish
{
    /// <param name="word">The provider's word; null or empty where it gave none.</param>
    /// <param name="native">What OpenRouter says that the model's own provider said.</param>
    /// <param name="hasCalls">Whether the answer holds tool calls, where the word is missing or just says stop.</param>
    /// <param name="stop">The stop string that was met.</param>
    public static Finish Read(string? word, string? native, bool hasCalls, string? stop = null)
    {
        FinishReason reason = ReasonOf(word, hasCalls);
        string? own = string.IsNullOrEmpty(native) ? word : native;
        return new Finish(
            reason,
            string.IsNullOrEmpty(own) || own == Word(reason) ? null : own,
            reason == FinishReason.Stop && stop != word ? stop : null);
    }

    /// <summary>A word that says the provider broke off, which must not look like an end.</summary>
    public static bool IsFailure(string? word) => word is "error" or "insufficient_system_resource" or "network_error";

    public static GatewayError Failure(string word, ErrorStage stage) =>
        GatewayError.BadUpstream($"The provider broke off its answer (finish_reason: {word}).", stage);

    public static string Word(FinishReason reason) => reason switch
    {
        FinishReason.Length => "length",
        FinishReason.ToolCalls => "tool_calls",
        FinishReason.ContentFilter => "content_filter",
        _ => "stop",
    };

    /// <summary>
    /// Writes the reason, and beside it, in fields that chat's clients pass over, the provider's own word for it and
    /// what it says of the end.
    /// </summary>
    /// <param name="functionCall">The client knows the word of old for an answer that ends in a call.</param>
    public static void Write(Utf8JsonWriter writer, Finish finish, bool functionCall)
    {
        string word = functionCall && finish.Reason == FinishReason.ToolCalls ? "function_call" : Word(finish.Reason);
        writer.WriteString("finish_reason"u8, word);
        if (finish.Native is { } native && native != word)
        {
            writer.WriteString("native_finish_reason"u8, native);
        }

        if (finish.StopSequence is { } sequence)
        {
            writer.WriteString("stop_sequence"u8, sequence);
        }

        if (finish.Details is { } details)
        {
            writer.WritePropertyName("stop_details"u8);
            writer.WriteMended(details);
        }
    }

    /// <summary>The nearest of chat's own reasons, for whoever passes the word itself on.</summary>
    /// <param name="word">The provider's word; null or empty where it gave none.</param>
    /// <param name="hasCalls">Whether the answer holds tool calls.</param>
    public static FinishReason ReasonOf(string? word, bool hasCalls) =>
        (word is "stop" ? word : word?.ToLowerInvariant()) switch
        {
            "length" or "max_tokens" or "model_length" or "max_output_tokens" or "token_limit" or "max_length"
                => FinishReason.Length,
            "tool_calls" or "tool_call" or "tool_use" or "function_call" => FinishReason.ToolCalls,
            "content_filter" or "safety" or "refusal" or "recitation" or "blocklist" or "prohibited_content"
                or "sensitive" => FinishReason.ContentFilter,
            // Some say that they stopped although they wait for the tools they called.
            _ => hasCalls ? FinishReason.ToolCalls : FinishReason.Stop,
        };
}
