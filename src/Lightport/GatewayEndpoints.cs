using Lightport.Dialects;
using Lightport.Doors;
using Lightport.Management;

namespace Lightport;

/// <summary>The one list of doors. Server and Functions are both held to it by a test.</summary>
public static class GatewayEndpoints
{
    public static GatewayEndpoint ChatCompletions { get; } =
        new("ChatCompletions", "POST", "/v1/chat/completions", EndpointKind.Inference)
        {
            Dialect = DialectIds.OpenAIChat,
        };

    public static GatewayEndpoint Completions { get; } =
        new("Completions", "POST", "/v1/completions", EndpointKind.Inference)
        {
            Dialect = DialectIds.OpenAICompletions,
            Operation = Operation.Completion,
        };

    public static GatewayEndpoint Embeddings { get; } =
        new("Embeddings", "POST", "/v1/embeddings", EndpointKind.Inference)
        {
            Dialect = DialectIds.OpenAIEmbeddings,
            Operation = Operation.Embeddings,
        };

    public static GatewayEndpoint Messages { get; } =
        new("Messages", "POST", "/v1/messages", EndpointKind.Inference) { Dialect = DialectIds.AnthropicMessages };

    /// <summary>Claude Code asks for some thirty of them at once.</summary>
    public static GatewayEndpoint CountTokens { get; } =
        new("CountTokens", "POST", "/v1/messages/count_tokens", EndpointKind.Inference)
        {
            Dialect = DialectIds.AnthropicMessages,
            Operation = Operation.TokenCount,
        };

    public static GatewayEndpoint Responses { get; } =
        new("Responses", "POST", "/v1/responses", EndpointKind.Inference) { Dialect = DialectIds.OpenAIResponses };

    public static GatewayEndpoint InputTokens { get; } =
        new("InputTokens", "POST", "/v1/responses/input_tokens", EndpointKind.Inference)
        {
            Dialect = DialectIds.OpenAIResponses,
            Operation = Operation.TokenCount,
        };

    /// <summary>Answers that were kept, asked for again by the client that got them.</summary>
    public static GatewayEndpoint Response { get; } =
        GatewayEndpoint.KeptResponse("Response", "GET", "/v1/responses/{id}");

    public static GatewayEndpoint ResponseRemoval { get; } =
        GatewayEndpoint.KeptResponse("ResponseRemoval", "DELETE", "/v1/responses/{id}");

    public static GatewayEndpoint ResponseItems { get; } =
        GatewayEndpoint.KeptResponse("ResponseItems", "GET", "/v1/responses/{id}/input_items");

    public static GatewayEndpoint ResponseCancellation { get; } =
        GatewayEndpoint.KeptResponse("ResponseCancellation", "POST", "/v1/responses/{id}/cancel");

    public static GatewayEndpoint ResponseCompaction { get; } =
        new("ResponseCompaction", "POST", "/v1/responses/compact", EndpointKind.Inference)
        {
            Dialect = DialectIds.OpenAIResponses,
            Operation = Operation.Compaction,
        };

    /// <summary>
    /// Gemini's, whose paths name the model as a resource (<c>models/x</c>) before the verb, below either version.
    /// </summary>
    public static GatewayEndpoint GenerateContent { get; } = Gemini("GenerateContent", "/v1/{model}:generateContent");

    public static GatewayEndpoint GenerateContentBeta { get; } =
        Gemini("GenerateContentBeta", "/v1beta/{model}:generateContent");

    public static GatewayEndpoint StreamGenerateContent { get; } =
        Gemini("StreamGenerateContent", "/v1/{model}:streamGenerateContent");

    public static GatewayEndpoint StreamGenerateContentBeta { get; } =
        Gemini("StreamGenerateContentBeta", "/v1beta/{model}:streamGenerateContent");

    public static GatewayEndpoint GeminiCountTokens { get; } =
        Gemini("GeminiCountTokens", "/v1/{model}:countTokens", Operation.TokenCount);

    public static GatewayEndpoint GeminiCountTokensBeta { get; } =
        Gemini("GeminiCountTokensBeta", "/v1beta/{model}:countTokens", Operation.TokenCount);

    public static GatewayEndpoint Interactions { get; } =
        new("Interactions", "POST", "/v1/interactions", EndpointKind.Inference)
        {
            Dialect = DialectIds.GoogleInteractions,
        };

    public static GatewayEndpoint InteractionsBeta { get; } =
        new("InteractionsBeta", "POST", "/v1beta/interactions", EndpointKind.Inference)
        {
            Dialect = DialectIds.GoogleInteractions,
        };

    public static GatewayEndpoint Interaction { get; } = GatewayEndpoint.KeptResponse(
        "Interaction", "GET", "/v1/interactions/{id}", DialectIds.GoogleInteractions);

    public static GatewayEndpoint InteractionRemoval { get; } = GatewayEndpoint.KeptResponse(
        "InteractionRemoval", "DELETE", "/v1/interactions/{id}", DialectIds.GoogleInteractions);

    public static GatewayEndpoint InteractionCancellation { get; } = GatewayEndpoint.KeptResponse(
        "InteractionCancellation", "POST", "/v1/interactions/{id}/cancel", DialectIds.GoogleInteractions);

    public static GatewayEndpoint InteractionBeta { get; } = GatewayEndpoint.KeptResponse(
        "InteractionBeta", "GET", "/v1beta/interactions/{id}", DialectIds.GoogleInteractions);

    public static GatewayEndpoint InteractionRemovalBeta { get; } = GatewayEndpoint.KeptResponse(
        "InteractionRemovalBeta", "DELETE", "/v1beta/interactions/{id}", DialectIds.GoogleInteractions);

    public static GatewayEndpoint InteractionCancellationBeta { get; } = GatewayEndpoint.KeptResponse(
        "InteractionCancellationBeta", "POST", "/v1beta/interactions/{id}/cancel", DialectIds.GoogleInteractions);

    /// <summary>One path, each client's own list: Anthropic's, Gemini's or OpenAI's, by the client's headers.</summary>
    public static GatewayEndpoint Models { get; } = new("Models", "GET", "/v1/models", EndpointKind.ModelList);

    public static GatewayEndpoint Model { get; } = new("Model", "GET", "/v1/models/{id}", EndpointKind.Model);

    public static GatewayEndpoint ModelsBeta { get; } =
        new("ModelsBeta", "GET", "/v1beta/models", EndpointKind.ModelList);

    public static GatewayEndpoint ModelBeta { get; } =
        new("ModelBeta", "GET", "/v1beta/models/{id}", EndpointKind.Model);

    /// <summary>
    /// The gateway as an MCP server. Without sessions there is nothing to listen to or to end: GET and DELETE are a
    /// 405, as the protocol wants it then.
    /// </summary>
    public static GatewayEndpoint Mcp { get; } = new("Mcp", "POST", "/mcp", EndpointKind.Mcp);

    /// <summary>Clients ask at the host's root with the resource's path behind it, or without one.</summary>
    public static GatewayEndpoint OAuthResource { get; } =
        new("OAuthResource", "GET", "/.well-known/oauth-protected-resource", EndpointKind.ProtectedResource);

    public static GatewayEndpoint OAuthResourceMcp { get; } =
        new("OAuthResourceMcp", "GET", "/.well-known/oauth-protected-resource/mcp", EndpointKind.ProtectedResource);

    public static GatewayEndpoint Health { get; } = new("Health", "GET", "/health", EndpointKind.Health);

    public static GatewayEndpoint Live { get; } = new("HealthLive", "GET", "/health/live", EndpointKind.Live);

    public static GatewayEndpoint Welcome { get; } = new("Welcome", "GET", "/", EndpointKind.Welcome);

    public static GatewayEndpoint WelcomeProbe { get; } = new("WelcomeProbe", "HEAD", "/", EndpointKind.Probe);

    /// <summary>Claude Code asks this at each start, without a key.</summary>
    public static GatewayEndpoint HelloProbe { get; } = new("HelloProbe", "HEAD", "/api/hello", EndpointKind.Probe);

    /// <summary>Whatever is no door. Its name sorts last, which is how the Functions host orders routes.</summary>
    public static GatewayEndpoint Unknown { get; } = new("ZUnknown", "*", "/{path}", EndpointKind.Unknown);

    public static IReadOnlyList<GatewayEndpoint> All { get; } =
    [
        ChatCompletions, Completions, Embeddings, Messages, CountTokens,
        Responses, InputTokens, Response, ResponseRemoval, ResponseItems,
        ResponseCancellation, ResponseCompaction,
        GenerateContent, GenerateContentBeta, StreamGenerateContent, StreamGenerateContentBeta,
        GeminiCountTokens, GeminiCountTokensBeta, Interactions, InteractionsBeta,
        Interaction, InteractionRemoval, InteractionCancellation,
        InteractionBeta, InteractionRemovalBeta, InteractionCancellationBeta,
        Models, Model, ModelsBeta, ModelBeta,
        .. GatewayAzureEndpoints.All,
        Mcp, OAuthResource, OAuthResourceMcp,
        Health, Live, Welcome, WelcomeProbe, HelloProbe, .. ManagementEndpoints.All, Unknown,
    ];

    private static GatewayEndpoint Gemini(string name, string path, Operation operation = Operation.Chat) =>
        new(name, "POST", path, EndpointKind.Inference)
        {
            Dialect = DialectIds.GoogleGemini,
            Operation = operation,
            TakesSlashes = true,
        };
}
