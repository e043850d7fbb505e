using System.Text.RegularExpressions;
using Lightport.Providers;
using Xunit.Abstractions;

namespace Lightport.Tests.Providers;

/// <summary>The catalog against models.dev's list of providers, where that stands beside the repository.</summary>
public sealed partial class ModelsDevTests(ITestOutputHelper output)
{
    private const string Folder = "data/providers/models.dev";

    private static readonly Dictionary<string, string> OtherIds = new()
    {
        ["alibaba"] = "dashscope",
        ["alibaba-cn"] = "dashscope-cn",
        ["amazon-bedrock"] = "bedrock",
        ["azure"] = "azure-openai",
        ["azure-cognitive-services"] = "azure-ai",
        ["google-vertex"] = "vertex-ai",
        ["google-vertex-anthropic"] = "vertex-ai",
        ["inference"] = "inference-net",
        ["io-net"] = "iointelligence",
        ["lmstudio"] = "lm-studio",
        ["mistral"] = "mistral-ai",
        ["moonshotai"] = "moonshot",
        ["moonshotai-cn"] = "moonshot-cn",
        ["perplexity"] = "perplexity-ai",
        ["togetherai"] = "together-ai",
        ["wafer.ai"] = "wafer-ai",
        ["xai"] = "x-ai",
        ["zai"] = "z-ai",
        ["zai-coding-plan"] = "z-ai-coding-plan",
        ["zhipuai"] = "zhipu",
        ["zhipuai-coding-plan"] = "zhipu-coding-plan",
    };

    private static readonly Dictionary<string, string> OtherBases = new()
    {
        ["cloudflare-workers-ai"] = "a setting stands where it has a variable",
        ["databricks"] = "the serving endpoints, which take embeddings too, instead of the newer gateway",
        ["inference-net"] = "the vendor's documentation names api.inference.net",
        ["lm-studio"] = "localhost by name",
        ["minimax"] = "the chat wire comes first, Messages has its whole address",
        ["minimax-cn"] = "the chat wire comes first, Messages has its whole address",
        ["neon"] = "a setting stands where it has a variable",
        ["novita-ai"] = "the vendor's documentation has /v1 at the end",
        ["snowflake-cortex"] = "a setting stands where it has a variable",
    };

    [SharedFact(Folder)]
    public void Catalog_EveryProviderOfModelsDev_IsThereOrLeftOutForAReason()
    {
        ProviderCatalog catalog = ProviderCatalog.Load();
        string[] files =
            Directory.GetFiles(SharedFolder.PathOf(Folder), "provider.toml", SearchOption.AllDirectories);
        foreach (string file in files)
        {
            string theirs = Path.GetFileName(Path.GetDirectoryName(file)!);
            Provider? provider = catalog.Find(OtherIds.GetValueOrDefault(theirs, theirs));
            bool isLeftOut = LeftOutProvider.All.Any(leftOut => leftOut.Id == theirs);
            Assert.True(provider is null == isLeftOut, $"{theirs} is neither declared nor left out, or both");
            if (provider is not null && Api().Match(File.ReadAllText(file)) is { Success: true } api)
            {
                AssertBase(provider, api.Groups[1].Value);
            }
        }

        output.WriteLine($"{files.Length} providers of models.dev compared");
    }

    private static void AssertBase(Provider provider, string theirs)
    {
        string trimmed = theirs.TrimEnd('/').Replace("/chat/completions", "", StringComparison.Ordinal);
        Assert.True(
            trimmed == provider.BaseUrl != OtherBases.ContainsKey(provider.Id),
            $"{provider.Id}: {provider.BaseUrl} here, {trimmed} there; or the exception is not needed");
    }

    [GeneratedRegex("^api = \"([^\"]+)\"", RegexOptions.Multiline)]
    private static partial Regex Api();
}
