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
        ["anthropic-messages"] = "use: anthropic, auth: none",
    };

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
