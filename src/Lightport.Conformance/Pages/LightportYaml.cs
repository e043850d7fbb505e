using System.Text;
using Lightport.Conformance.Running;

namespace Lightport.Conformance.Pages;

/// <summary>The scripted providers as a <c>lightport.yaml</c>, for a gateway that is configured by one.</summary>
public static class LightportYaml
{
    /// <summary>What each dialect's provider is in that gateway's catalog, and what is true of this one.</summary>
    private static readonly Dictionary<string, string> Providers = new()
    {
        ["openai-chat"] = "use: deepseek, auth: none, traits: { thinking: effort, efforts: [low, medium, high], "
            + "structured-output: on }",
        ["openai-responses"] = Alone("openai-responses: /responses"),
        ["anthropic-messages"] = "use: anthropic, auth: none",
        ["anthropic-bedrock"] = Alone("anthropic-bedrock: { path: \"/model/{model}/invoke\", "
            + "stream-path: \"/model/{model}/invoke-with-response-stream\" }"),
        ["anthropic-vertex"] = Alone("anthropic-vertex: { path: \"/publishers/anthropic/models/{model}:rawPredict\", "
            + "stream-path: \"/publishers/anthropic/models/{model}:streamRawPredict\" }"),
        ["google-gemini"] = Alone("google-gemini: { path: \"/models/{model}:generateContent\", "
            + "stream-path: \"/models/{model}:streamGenerateContent?alt=sse\" }"),
        ["google-interactions"] = Alone("google-interactions: /interactions"),
        ["aws-converse"] = Alone("aws-converse: { path: \"/model/{model}/converse\", "
            + "stream-path: \"/model/{model}/converse-stream\" }"),
    };

    /// <summary>A server with an endpoint of one dialect and no other.</summary>
    private static string Alone(string endpoint) => "use: openai-compatible, auth: none, endpoints: { "
        + $"openai-chat: {{ models: [none] }}, openai-completions: {{ models: [none] }}, {endpoint} }}";

    /// <summary>Writes the document.</summary>
    public static string Write(IEnumerable<RoutedModel> models)
    {
        var providers = new StringBuilder("providers:\n");
        var routes = new StringBuilder("models:\n");
        foreach (RoutedModel model in models)
        {
            providers.Append(
                $"  {model.Model}: {{ base-url: \"{model.BaseAddress}\", {Providers[model.Dialect]} }}\n");
            routes.Append($"  {model.Model}: {{ targets: [\"{model.Model}/{model.UpstreamModel}\"], ")
                .Append("retry: { attempts: 1 } }\n");
        }

        return $"{providers}\n{routes}";
    }
}
