using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads a Messages request. What the model has no word for is kept as extensions.</summary>
internal static class AnthropicMessagesRequestDecoder
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "messages", "system", "max_tokens", "temperature", "top_p", "top_k", "stop_sequences", "stream",
        "tools", "tool_choice", "thinking", "output_config", "output_format", "service_tier", "metadata", "thread",
        AnthropicMessagesToolsets.Servers);

    /// <param name="isCounted">Its tokens are to be counted: it need not say how long its answer may be.</param>
    /// <param name="seal">By which what the gateway has told is known; null where nothing of it comes back.</param>
    /// <exception cref="GatewayException">It is malformed, or has a thread.</exception>
    public static ChatRequest Decode(
        JsonEnvelope body, CancellationToken cancellationToken, bool isCounted = false, IdSeal? seal = null)
    {
        var fields = RequestFields.Of(body, cancellationToken, seal);
        JsonElement root = fields.Root;
        AnthropicMessagesThread.Refuse(fields);
        List<Extension> extensions = [.. fields.Others(root, Known).Select(Weighed)];
        IReadOnlyList<ToolDefinition> tools = AnthropicMessagesToolDecoder.Decode(fields);
        IReadOnlyList<McpToolset> toolsets = new AnthropicMessagesToolsets(fields).Decode();
        bool hasTools = tools.Count > 0 || toolsets.Count > 0;
        JsonElement? toolChoice = fields.Object(root, "tool_choice");
        if (toolChoice is { } chosen)
        {
            extensions.AddRange(AnthropicMessagesToolChoice.Others(fields, chosen));
        }

        List<Message> messages = AnthropicMessagesMessageDecoder.Decode(fields);
        GenerationOptions options = AnthropicMessagesOptionsDecoder.Decode(fields, extensions, isCounted);
        return new ChatRequest
        {
            Model = JsonBody.Model(body),
            Dialect = DialectIds.AnthropicMessages,
            Messages = messages,
            Tools = tools,
            McpToolsets = toolsets,
            ToolChoice = toolChoice is { } choice
                ? AnthropicMessagesToolDecoder.DecodeChoice(fields, choice, hasTools)
                : null,
            Options = AnthropicMessagesTurnEffort.Apply(options, messages) with
            {
                ParallelToolCalls =
                    toolChoice is { } parallel ? !fields.Boolean(parallel, "disable_parallel_tool_use") : null,
            },
            Stream = !isCounted && JsonBody.Stream(body),
            IncludeUsage = true,
            Extensions = extensions,
        };
    }

    /// <summary>Who asks for a summary in place of an answer is not served by an answer.</summary>
    private static Extension Weighed(Extension field) =>
        field.Name == "compaction" ? field with { IsTool = true } : field;
}
