using Lightport.Configuration;
using Lightport.Providers;

namespace Lightport.Tests.Configuration;

/// <summary>Loads texts against a catalog of four providers, with two keys set.</summary>
internal static class TestConfiguration
{
    private const string Deep = """
        {
          "id": "deep", "name": "Deep", "source": "https://example.com", "base-url": "https://api.deep.example/v1",
          "auth": { "scheme": "bearer", "key": "DEEP_API_KEY" },
          "endpoints": {
            "openai-chat": "/chat/completions",
            "anthropic-messages": "https://messages.deep.example/v1/messages"
          },
          "key-prefixes": ["dp-"]
        }
        """;

    private const string Hosted = """
        {
          "id": "hosted", "name": "Hosted", "source": "https://example.com",
          "base-url": "https://{resource}.hosted.example/openai",
          "auth": { "scheme": "header", "key": "HOSTED_API_KEY", "name": "x-hosted-key" },
          "endpoints": { "openai-chat": "/{region}/deployments/{model}/chat" },
          "settings": { "resource": "the resource's name", "region": "such as eu-1" }
        }
        """;

    public static IReadOnlySet<string> Environment { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "OPENAI_API_KEY", "ANTHROPIC_API_KEY" };

    public static ProviderCatalog Catalog { get; } = new(
        ["openai", "anthropic", "echo", "openai-compatible", "deep", "hosted"],
        id => id switch
        {
            "deep" => System.Text.Encoding.UTF8.GetBytes(Deep),
            "hosted" => System.Text.Encoding.UTF8.GetBytes(Hosted),
            _ => EmbeddedFile.Read($"catalog/{id}.json"),
        });

    public static ConfigurationResult Load(string text, string? clientKey = null) =>
        ConfigurationLoader.Load(text, "lightport.yaml", Catalog, Environment, clientKey);

    public static GatewayConfiguration LoadValid(string text, string? clientKey = null)
    {
        ConfigurationResult result = Load(text, clientKey);
        Assert.Empty(result.Errors);
        return result.Configuration!;
    }
}
