using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads a request; the parts of the question stand in the classes beside.</summary>
internal static class OpenAIResponsesRequestDecoder
{
    /// <summary>The fields that are read; every other one rides along as an extension.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "max_output_tokens",
        "temperature", "top_p", "frequency_penalty",
        "presence_penalty", "top_logprobs", "text", "reasoning", "service_tier", "user", "safety_identifier",
        "prompt_cache_key", "metadata", "include", "truncation", "store", "background", "stream", "stream_options");

    private const string MaxToolCalls = "max_tool_calls";

    private static readonly FrozenSet<string> KnownOfStream = FrozenSet.Create("include_obfuscation");

    /// <param name="seal">By which what the gateway has told is known; null where nothing of it comes back.</param>
    public static ChatRequest Decode(
        JsonEnvelope body, CancellationToken cancellationToken, IdSeal? seal = null)
    {
        var fields = RequestFields.Of(body, cancellationToken, seal);
        JsonElement root = fields.Root;
        Refuse(fields);
        var toolsets = new OpenAIResponsesToolsets(fields);
        var tools = new OpenAIResponsesTools(fields);
        tools.Add(fields.Items(root, "tools"), toolsets);
        IReadOnlyList<Message> messages = new OpenAIResponsesItemDecoder(fields, tools).Decode();
        return new ChatRequest
        {
            Model = JsonBody.Model(body),
            Dialect = DialectIds.OpenAIResponses,
            Messages = messages,
            Tools = tools.Definitions,
            McpToolsets = toolsets.All,
            ToolChoice = OpenAIResponsesToolChoice.Read(fields, tools, toolsets.All),
            Options = OpenAIResponsesOptionsDecoder.Decode(fields),
            Stream = JsonBody.Stream(body),
            IncludeUsage = true,
            Extensions =
            [
                .. fields.Others(root, Known).Select(
                    field => field.Name == MaxToolCalls ? field with { BoundsRuns = true } : field),
                .. tools.LeftOut,
                .. OpenAIResponsesOptionsDecoder.Leftovers(fields),
                .. fields.Object(root, "stream_options") is { } stream
                    ? fields.Others(stream, KnownOfStream, "stream_options.")
                    : [],
            ],
        };
    }

    private static void Refuse(RequestFields fields)
    {
        fields.Integer(fields.Root, MaxToolCalls, 0);
        if (fields.Find(fields.Root, "prompt") is { } prompt)
        {
            throw GatewayException.BadRequest(
                "'prompt' names a template that one account keeps, and this model is another's. Send what it says.",
                fields.PathOf(prompt),
                "unsupported_parameter");
        }

        if (fields.Text(fields.Root, "previous_response_id") is { } previous)
        {
            throw new GatewayException(OpenAIResponsesErrors.NotFound(previous));
        }
    }
}
