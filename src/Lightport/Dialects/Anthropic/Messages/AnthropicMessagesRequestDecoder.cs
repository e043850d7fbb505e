using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Unicode;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads a Messages request. What the model has no word for is kept as extensions.</summary>
internal static class AnthropicMessagesRequestDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "messages", "system", "max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "stream",
        "tools", "tool_choice", "thinking", "output_config", "output_format", "service_tier", "metadata", "thread");

    /// <exception cref="GatewayException">It is malformed, or has a thread.</exception>
    public static ChatRequest Decode(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!Utf8.IsValid(body.Span))
        {
            throw GatewayException.BadRequest("The body is not valid UTF-8.");
        }

        try
        {
            return Decode(JsonElement.Parse(body.Span, JsonSettings.Request), new RequestTally(cancellationToken));
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw GatewayException.BadRequest($"The body is not valid JSON: {malformed.Message}");
        }
    }

    private static ChatRequest Decode(JsonElement root, RequestTally tally)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw GatewayException.BadRequest("The body must be a JSON object.");
        }

        AnthropicMessagesThread.Refuse(root);
        var extensions = new List<Extension>(AnthropicMessagesFields.Others(root, Known, tally));
        List<ToolDefinition> tools = AnthropicMessagesToolDecoder.Decode(root, tally);
        JsonElement? toolChoice = AnthropicMessagesFields.OptionalObject(root, "tool_choice", "");
        return new ChatRequest
        {
            Model = Model(root),
            Dialect = DialectIds.AnthropicMessages,
            Messages = AnthropicMessagesMessageDecoder.Decode(root, tally),
            Tools = tools,
            ToolChoice = toolChoice is { } choice ? AnthropicMessagesToolDecoder.DecodeChoice(choice, tools) : null,
            Options = AnthropicMessagesOptionsDecoder.Decode(root, extensions, tally) with
            {
                ParallelToolCalls = toolChoice is { } parallel
                    ? !AnthropicMessagesFields.OptionalBoolean(parallel, "disable_parallel_tool_use", "tool_choice")
                    : null,
            },
            Stream = AnthropicMessagesFields.OptionalBoolean(root, "stream", "") ?? false,
            IncludeUsage = true,
            Extensions = extensions,
        };
    }

    private static string Model(JsonElement root)
    {
        string model = AnthropicMessagesFields.RequireString(root, "model", "");
        return model.Length > 0 ? model : throw AnthropicMessagesFields.Wrong("model", "a model's name");
    }
}
