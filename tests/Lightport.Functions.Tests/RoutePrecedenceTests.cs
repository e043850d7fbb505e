using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lightport.Functions.Tests;

/// <summary>
/// Matches as the Functions host does: the first function, in the order of names, whose template, constraints and
/// method fit. The host's router is ASP.NET Core's older one, whose matcher and constraints are used here.
/// </summary>
public sealed class RoutePrecedenceTests
{
    public static TheoryData<string, string, string> Requests { get; } = new()
    {
        { "POST", "/v1/chat/completions", "ChatCompletions" },
        { "POST", "/v1/completions", "Completions" },
        { "POST", "/v1/embeddings", "Embeddings" },
        { "POST", "/v1/messages", "Messages" },
        { "POST", "/v1/responses", "Responses" },
        { "POST", "/v1/responses/input_tokens", "InputTokens" },
        { "GET", "/v1/responses/resp_1", "Response" },
        { "DELETE", "/v1/responses/resp_1", "ResponseRemoval" },
        { "GET", "/v1/responses/resp_1/input_items", "ResponseItems" },
        { "POST", "/v1/responses/resp_1/cancel", "ResponseCancellation" },
        { "POST", "/v1/responses/compact", "ResponseCompaction" },
        { "GET", "/v1/models", "Models" },
        { "GET", "/v1/models/gpt-4o", "Model" },
        { "GET", "/v1/models/anthropic/claude-sonnet-5", "Model" },
        { "POST", "/openai/v1/chat/completions", "AzureChatCompletions" },
        { "POST", "/openai/deployments/gpt-4o/chat/completions", "AzureDeploymentChatCompletions" },
        { "POST", "/openai/deployments/openai/gpt-4o/chat/completions", "AzureDeploymentChatCompletions" },
        { "POST", "/openai/deployments/openai%2Fgpt-4o/completions", "AzureDeploymentCompletions" },
        { "POST", "/openai/deployments/gpt-4o/embeddings", "AzureDeploymentEmbeddings" },
        { "POST", "/openai/deployments/gpt-4o", "ZUnknown" },
        { "POST", "/openai/deployments/embeddings", "ZUnknown" },
        { "GET", "/openai/v1/models", "AzureModels" },
        { "GET", "/openai/v1/models/azure/gpt-4o", "AzureModel" },
        { "GET", "/openai/models", "AzureDatedModels" },
        { "POST", "/openai/responses", "AzureDatedResponses" },
        { "POST", "/openai/v1/responses", "AzureResponses" },
        { "POST", "/openai/v1/responses/compact", "AzureResponseCompaction" },
        { "POST", "/openai/v1/responses/input_tokens", "AzureInputTokens" },
        { "GET", "/openai/v1/responses/resp_1", "AzureResponse" },
        { "DELETE", "/openai/v1/responses/resp_1", "AzureResponseRemoval" },
        { "GET", "/openai/v1/responses/resp_1/input_items", "AzureResponseItems" },
        { "POST", "/openai/v1/responses/resp_1/cancel", "AzureResponseCancellation" },
        { "GET", "/openai/responses/resp_1", "AzureDatedResponse" },
        { "DELETE", "/openai/responses/resp_1", "AzureDatedResponseRemoval" },
        { "GET", "/openai/responses/resp_1/input_items", "AzureDatedResponseItems" },
        { "POST", "/openai/responses/resp_1/cancel", "AzureDatedResponseCancellation" },
        { "GET", "/v1beta/models", "ModelsBeta" },
        { "GET", "/v1beta/models/anthropic/claude-sonnet-5", "ModelBeta" },
        { "POST", "/v1/models/gemini-3-pro:generateContent", "GenerateContent" },
        { "POST", "/v1beta/models/openrouter/google/gemma:free:generateContent", "GenerateContentBeta" },
        { "POST", "/v1beta/tunedModels/mine:streamGenerateContent", "StreamGenerateContentBeta" },
        { "POST", "/v1/publishers/google/models/gemini-3-pro:streamGenerateContent", "StreamGenerateContent" },
        { "POST", "/v1/models/gemini-3-pro:countTokens", "GeminiCountTokens" },
        { "POST", "/v1beta/models/gemini-3-pro:countTokens", "GeminiCountTokensBeta" },
        { "POST", "/v1/interactions", "Interactions" },
        { "POST", "/v1beta/interactions", "InteractionsBeta" },
        { "GET", "/v1beta/interactions/interaction_1", "InteractionBeta" },
        { "DELETE", "/v1/interactions/interaction_1", "InteractionRemoval" },
        { "POST", "/v1beta/interactions/interaction_1/cancel", "InteractionCancellationBeta" },
        { "POST", "/v1/:generateContent", "ZUnknown" },
        { "POST", "/v1/models/gemini-3-pro:embedContent", "ZUnknown" },
        { "GET", "/health", "Health" },
        { "GET", "/", "Welcome" },
        { "HEAD", "/", "WelcomeProbe" },
        { "HEAD", "/api/hello", "HelloProbe" },
        { "GET", "/v1/chat/completions", "ZUnknown" },
        { "POST", "/v1/chat", "ZUnknown" },
        { "POST", "/", "ZUnknown" },
        { "DELETE", "/v1/models/gpt-4o", "ZUnknown" },
        { "GET", "/favicon.ico", "ZUnknown" },
        { "OPTIONS", "/v1/chat/completions", "ZUnknown" },
        { "OPTIONS", "/v1/models/gpt-4o", "ZUnknown" },
        { "OPTIONS", "/manage/config", "ZUnknown" },
        { "POST", "/openai/deployments//chat/completions", "ZUnknown" },
        { "POST", "/openai/deployments/chat/completions", "AzureDeploymentCompletions" },
        { "POST", "/openai/deployments/chat/chat/completions", "AzureDeploymentChatCompletions" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_OfMethodAndPath_OpensTheDoor(string method, string path, string door) =>
        Assert.Equal(door, FirstMatch(method, path));

    /// <summary>What the worker takes of the path (a model's name) is what its own match has found.</summary>
    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_InTheWorker_OpensTheSameDoor(string method, string path, string door) =>
        Assert.Equal(door, await WorkerRouting.MatchAsync(method, path));

    private static string? FirstMatch(string method, string path) => Door.All
        .OrderBy(door => door.Name, StringComparer.OrdinalIgnoreCase)
        .FirstOrDefault(door => Fits(door, method, path))?.Name;

    private static bool Fits(Door door, string method, string path)
    {
        RouteTemplate template = TemplateParser.Parse(door.Trigger.Route!);
        var values = new RouteValueDictionary();
        string[] methods = door.Trigger.Methods;
        return (methods.Length == 0 || methods.Contains(method, StringComparer.OrdinalIgnoreCase))
            && new TemplateMatcher(template, []).TryMatch(path, values)
            && template.Parameters.All(parameter => ConstraintsHold(parameter, values));
    }

    private static bool ConstraintsHold(TemplatePart parameter, RouteValueDictionary values)
    {
        using ServiceProvider services = new ServiceCollection().AddRouting().BuildServiceProvider();
        var resolver = new DefaultInlineConstraintResolver(
            services.GetRequiredService<IOptions<RouteOptions>>(), services);
        bool absent = parameter.IsOptional && !values.ContainsKey(parameter.Name!);
        return absent || parameter.InlineConstraints.All(inline => resolver.ResolveConstraint(inline.Constraint)!
            .Match(new DefaultHttpContext(), null, parameter.Name!, values, RouteDirection.IncomingRequest));
    }
}
