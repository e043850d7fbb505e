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
    [Theory]
    [InlineData("POST", "/v1/chat/completions", "ChatCompletions")]
    [InlineData("POST", "/v1/completions", "Completions")]
    [InlineData("POST", "/v1/embeddings", "Embeddings")]
    [InlineData("POST", "/v1/messages", "Messages")]
    [InlineData("POST", "/v1/responses", "Responses")]
    [InlineData("POST", "/v1/responses/input_tokens", "InputTokens")]
    [InlineData("GET", "/v1/responses/resp_1", "Response")]
    [InlineData("DELETE", "/v1/responses/resp_1", "ResponseRemoval")]
    [InlineData("GET", "/v1/responses/resp_1/input_items", "ResponseItems")]
    [InlineData("GET", "/v1/models", "Models")]
    [InlineData("GET", "/v1/models/gpt-4o", "Model")]
    [InlineData("GET", "/v1/models/anthropic/claude-sonnet-5", "Model")]
    [InlineData("POST", "/openai/v1/chat/completions", "AzureChatCompletions")]
    [InlineData("POST", "/openai/deployments/gpt-4o/chat/completions", "AzureDeploymentChatCompletions")]
    [InlineData("POST", "/openai/deployments/openai/gpt-4o/chat/completions", "AzureDeploymentChatCompletions")]
    [InlineData("POST", "/openai/deployments/openai%2Fgpt-4o/completions", "AzureDeploymentCompletions")]
    [InlineData("POST", "/openai/deployments/gpt-4o/embeddings", "AzureDeploymentEmbeddings")]
    [InlineData("POST", "/openai/deployments/gpt-4o", "ZUnknown")]
    [InlineData("POST", "/openai/deployments/embeddings", "ZUnknown")]
    [InlineData("GET", "/openai/v1/models", "AzureModels")]
    [InlineData("GET", "/openai/v1/models/azure/gpt-4o", "AzureModel")]
    [InlineData("GET", "/openai/models", "AzureDatedModels")]
    [InlineData("POST", "/openai/responses", "AzureDatedResponses")]
    [InlineData("POST", "/openai/v1/responses", "AzureResponses")]
    [InlineData("GET", "/v1beta/models", "ModelsBeta")]
    [InlineData("GET", "/v1beta/models/anthropic/claude-sonnet-5", "ModelBeta")]
    [InlineData("POST", "/v1/models/gemini-3-pro:generateContent", "GenerateContent")]
    [InlineData("POST", "/v1beta/models/openrouter/google/gemma:free:generateContent", "GenerateContentBeta")]
    [InlineData("POST", "/v1beta/tunedModels/mine:streamGenerateContent", "StreamGenerateContentBeta")]
    [InlineData("POST", "/v1/publishers/google/models/gemini-3-pro:streamGenerateContent", "StreamGenerateContent")]
    [InlineData("POST", "/v1/models/gemini-3-pro:countTokens", "GeminiCountTokens")]
    [InlineData("POST", "/v1beta/models/gemini-3-pro:countTokens", "GeminiCountTokensBeta")]
    [InlineData("POST", "/v1/interactions", "Interactions")]
    [InlineData("POST", "/v1beta/interactions", "InteractionsBeta")]
    [InlineData("POST", "/v1/:generateContent", "ZUnknown")]
    [InlineData("POST", "/v1/models/gemini-3-pro:embedContent", "ZUnknown")]
    [InlineData("GET", "/health", "Health")]
    [InlineData("GET", "/", "Welcome")]
    [InlineData("HEAD", "/", "WelcomeProbe")]
    [InlineData("HEAD", "/api/hello", "HelloProbe")]
    [InlineData("GET", "/v1/chat/completions", "ZUnknown")]
    [InlineData("POST", "/v1/chat", "ZUnknown")]
    [InlineData("POST", "/", "ZUnknown")]
    [InlineData("DELETE", "/v1/models/gpt-4o", "ZUnknown")]
    [InlineData("GET", "/favicon.ico", "ZUnknown")]
    [InlineData("OPTIONS", "/v1/chat/completions", "ZUnknown")]
    [InlineData("OPTIONS", "/v1/models/gpt-4o", "ZUnknown")]
    [InlineData("OPTIONS", "/manage/config", "ZUnknown")]
    public void Request_OfMethodAndPath_OpensTheDoor(string method, string path, string door) =>
        Assert.Equal(door, FirstMatch(method, path));

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
