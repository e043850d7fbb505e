using Lightport.Dialects;

namespace Lightport;

/// <summary>
/// The doors at the paths of Azure OpenAI, so that its clients need nothing but another endpoint. The
/// <c>api-version</c> of their query is taken as it comes.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/foundry/openai/latest"/>
public static class GatewayAzureEndpoints
{
    private const string Deployment = "/openai/deployments/{model}";
    private const string Version1 = "/openai/v1";
    private const string Dated = "/openai";
    private const string Kept = "/responses/{id}";

    public static GatewayEndpoint DeploymentChatCompletions { get; } =
        Door("AzureDeploymentChatCompletions", Deployment + "/chat/completions", DialectIds.OpenAIChat, Operation.Chat);

    public static GatewayEndpoint DeploymentCompletions { get; } = Door(
        "AzureDeploymentCompletions", Deployment + "/completions", DialectIds.OpenAICompletions, Operation.Completion);

    public static GatewayEndpoint DeploymentEmbeddings { get; } = Door(
        "AzureDeploymentEmbeddings", Deployment + "/embeddings", DialectIds.OpenAIEmbeddings, Operation.Embeddings);

    public static GatewayEndpoint ChatCompletions { get; } =
        Door("AzureChatCompletions", Version1 + "/chat/completions", DialectIds.OpenAIChat, Operation.Chat);

    public static GatewayEndpoint Completions { get; } =
        Door("AzureCompletions", Version1 + "/completions", DialectIds.OpenAICompletions, Operation.Completion);

    public static GatewayEndpoint Embeddings { get; } =
        Door("AzureEmbeddings", Version1 + "/embeddings", DialectIds.OpenAIEmbeddings, Operation.Embeddings);

    public static GatewayEndpoint Responses { get; } =
        Door("AzureResponses", Version1 + "/responses", DialectIds.OpenAIResponses, Operation.Chat);

    public static GatewayEndpoint InputTokens { get; } = Door(
        "AzureInputTokens",
        Version1 + "/responses/input_tokens",
        DialectIds.OpenAIResponses,
        Operation.TokenCount);

    public static GatewayEndpoint ResponseCompaction { get; } = Door(
        "AzureResponseCompaction",
        Version1 + "/responses/compact",
        DialectIds.OpenAIResponses,
        Operation.Compaction);

    /// <summary>Answers that were kept, asked for again by the client that got them.</summary>
    public static GatewayEndpoint Response { get; } =
        GatewayEndpoint.KeptResponse("AzureResponse", "GET", Version1 + Kept);

    public static GatewayEndpoint ResponseRemoval { get; } =
        GatewayEndpoint.KeptResponse("AzureResponseRemoval", "DELETE", Version1 + Kept);

    public static GatewayEndpoint ResponseItems { get; } =
        GatewayEndpoint.KeptResponse("AzureResponseItems", "GET", Version1 + Kept + "/input_items");

    public static GatewayEndpoint ResponseCancellation { get; } =
        GatewayEndpoint.KeptResponse("AzureResponseCancellation", "POST", Version1 + Kept + "/cancel");

    public static GatewayEndpoint Models { get; } =
        List("AzureModels", Version1 + "/models", EndpointKind.ModelList);

    public static GatewayEndpoint Model { get; } =
        List("AzureModel", Version1 + "/models/{id}", EndpointKind.Model);

    /// <summary>As clients of a dated <c>api-version</c> ask, the model in the body.</summary>
    public static GatewayEndpoint DatedResponses { get; } =
        Door("AzureDatedResponses", Dated + "/responses", DialectIds.OpenAIResponses, Operation.Chat);

    public static GatewayEndpoint DatedResponse { get; } =
        GatewayEndpoint.KeptResponse("AzureDatedResponse", "GET", Dated + Kept);

    public static GatewayEndpoint DatedResponseRemoval { get; } =
        GatewayEndpoint.KeptResponse("AzureDatedResponseRemoval", "DELETE", Dated + Kept);

    public static GatewayEndpoint DatedResponseItems { get; } =
        GatewayEndpoint.KeptResponse("AzureDatedResponseItems", "GET", Dated + Kept + "/input_items");

    public static GatewayEndpoint DatedResponseCancellation { get; } =
        GatewayEndpoint.KeptResponse("AzureDatedResponseCancellation", "POST", Dated + Kept + "/cancel");

    /// <summary>As clients of a dated <c>api-version</c> ask.</summary>
    public static GatewayEndpoint DatedModels { get; } =
        List("AzureDatedModels", Dated + "/models", EndpointKind.ModelList);

    public static IReadOnlyList<GatewayEndpoint> All { get; } =
    [
        DeploymentChatCompletions, DeploymentCompletions, DeploymentEmbeddings,
        ChatCompletions, Completions, Embeddings, Responses, InputTokens, ResponseCompaction,
        Response, ResponseRemoval, ResponseItems, ResponseCancellation, Models, Model,
        DatedResponses, DatedResponse, DatedResponseRemoval, DatedResponseItems, DatedResponseCancellation, DatedModels,
    ];

    /// <summary>A deployment's name may hold slashes, as every model's name.</summary>
    private static GatewayEndpoint Door(string name, string path, string dialect, Operation operation) =>
        new(name, "POST", path, EndpointKind.Inference)
        {
            Dialect = dialect,
            Operation = operation,
            TakesSlashes = path.StartsWith(Deployment, StringComparison.Ordinal),
        };

    private static GatewayEndpoint List(string name, string path, EndpointKind kind) => new(name, "GET", path, kind);
}
