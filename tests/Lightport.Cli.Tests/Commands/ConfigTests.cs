using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class ConfigTests : GatewayTests
{
    private const string Yaml = "# ours: ü\nmodels: { fast: openai/gpt-4o }\n";

    private static readonly FakeAnswer Answer = new(200, Yaml, "application/yaml")
    {
        Headers = { ["ETag"] = "\"v1\"" },
    };

    [Fact]
    public async Task Config_IsTheDocumentToTheLetter()
    {
        Gateway.On("GET /manage/config", Answer);

        ToolResult result = (await Tool.RunAsync("config")).Ended(0);

        Assert.Equal(Yaml, result.Output);
    }

    [Fact]
    public async Task Config_OfAnotherVersion_AsksForIt()
    {
        Gateway.On("GET /manage/config?version=v%2F1", Answer);

        ToolResult result = (await Tool.RunAsync("config", "--version", "v/1", "--json")).Ended(0);

        JsonElement document = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(Yaml, document.GetProperty("yaml").GetString());
        Assert.Equal("\"v1\"", document.GetProperty("etag").GetString());
    }
}
