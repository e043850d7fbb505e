using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads a request. What the model has no word for is kept as extensions.</summary>
internal static class GoogleInteractionsRequestDecoder
{
    private const string Collection = "models/";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "model", "input", "system_instruction", "tools", "generation_config", "response_format", "response_mime_type",
        "response_modalities", "service_tier", "stream", "store", "background", "environment",
        GoogleInteractionsContinuation.Field);

    /// <param name="seal">By which what the gateway has told is known; null where nothing of it comes back.</param>
    /// <exception cref="GatewayException">It is malformed.</exception>
    public static ChatRequest Decode(JsonEnvelope body, CancellationToken cancellationToken, IdSeal? seal = null)
    {
        var fields = RequestFields.Of(body, cancellationToken, seal);
        JsonElement root = fields.Root;
        var extensions = new List<Extension>(fields.Others(root, Known));
        if (fields.Find(root, "environment") is { } environment)
        {
            // A place with files and tools that only Google has.
            extensions.Add(new Extension("environment", environment) { ChangesMeaning = true });
        }

        if (fields.Find(root, GoogleInteractionsContinuation.Field) is { } previous)
        {
            // What the gateway kept stands in the body by now; this one an account of Google's keeps.
            extensions.Add(new Extension(GoogleInteractionsContinuation.Field, previous) { ChangesMeaning = true });
        }

        var toolsets = new GoogleInteractionsToolsets(fields);
        IReadOnlyList<ToolDefinition> tools = GoogleInteractionsToolDecoder.Decode(fields, toolsets);
        bool hasTools = tools.Count > 0 || toolsets.All.Count > 0;
        return new ChatRequest
        {
            Model = ModelName(JsonBody.Model(body)),
            Dialect = DialectIds.GoogleInteractions,
            Messages = GoogleInteractionsInputDecoder.Decode(fields, extensions),
            Tools = tools,
            McpToolsets = toolsets.All,
            ToolChoice = GoogleInteractionsToolDecoder.DecodeChoice(fields, hasTools, extensions),
            Options = GoogleInteractionsOptionsDecoder.Decode(fields, extensions),
            Stream = JsonBody.Stream(body),
            IncludeUsage = true,
            Extensions = extensions,
        };
    }

    /// <summary>The name without the collection that a model's resource is in.</summary>
    public static string ModelName(string model) =>
        model.StartsWith(Collection, StringComparison.Ordinal) ? model[Collection.Length..] : model;
}
