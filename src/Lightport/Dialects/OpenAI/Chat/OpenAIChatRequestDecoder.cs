using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads a chat request; the parts of the question stand in the classes beside.</summary>
internal static class OpenAIChatRequestDecoder
{
    /// <summary>The fields that the model has words for; every other one rides along as an extension.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "messages", "tools", "tool_choice", "functions", "function_call", "parallel_tool_calls",
        "max_tokens", "max_completion_tokens", "temperature", "top_p", "top_k", "frequency_penalty",
        "presence_penalty", "seed", "stop", "n", "logprobs", "top_logprobs", "logit_bias", "response_format",
        "reasoning_effort", "reasoning", "thinking", "verbosity", "service_tier", "user", "safety_identifier",
        "prompt_cache_key", "metadata", "modalities", "stream", "stream_options");

    /// <param name="model">The model as the client asked for it, in the body or elsewhere.</param>
    public static ChatRequest Decode(JsonEnvelope body, string model, CancellationToken cancellationToken)
    {
        var fields = RequestFields.Of(body, cancellationToken);
        IReadOnlyList<ToolDefinition> tools = OpenAIChatToolsDecoder.Tools(fields);
        bool functionsOnly = tools.Count > 0 && fields.Find("tools") is null;
        GenerationOptions options = OpenAIChatOptionsDecoder.Decode(fields);
        return new ChatRequest
        {
            Model = model,
            Dialect = DialectIds.OpenAIChat,
            Messages = new OpenAIChatMessageDecoder(fields).Decode(),
            Tools = tools,
            ToolChoice = OpenAIChatToolsDecoder.Choice(fields, tools),
            FunctionsOnly = functionsOnly,
            CallIdsAreOptional = functionsOnly,
            Options = functionsOnly ? options with { ParallelToolCalls = false } : options,
            Stream = JsonBody.Stream(body),
            IncludeUsage = fields.Object("stream_options") is { } stream
                && (fields.Boolean(stream, "include_usage") ?? false),
            Extensions = Others(fields),
        };
    }

    private static IReadOnlyList<Extension> Others(RequestFields fields)
    {
        IReadOnlyList<Extension> others = fields.OthersAtTop(Known, tools: "web_search_options");
        IReadOnlyList<Extension> left = OpenAIChatLeftovers.Of(fields);
        IReadOnlyList<Extension> ofStream = OpenAIChatLeftovers.OfStream(fields);
        return others.Count + left.Count + ofStream.Count == 0 ? [] : [.. others, .. left, .. ofStream];
    }
}
