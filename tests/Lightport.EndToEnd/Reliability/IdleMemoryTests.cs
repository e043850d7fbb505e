using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Reliability;

/// <summary>What a gateway does not have in memory before anybody needs it.</summary>
[Collection(ProcessGroup.Name)]
public sealed class IdleMemoryTests
{
    /// <summary>OpenSSL takes 4 MiB. Names that only need to be unlike others are made without it.</summary>
    [Fact]
    public async Task Gateway_ThatNobodyHasAskedForAModel_HasNotLoadedOpenSsl()
    {
        string config = Path.Combine(RepositoryFiles.Artifacts, $"idle-{Guid.NewGuid():N}.yaml");
        await File.WriteAllTextAsync(config, "models: { fast: openai/gpt-4o-mini }\nproviders: { openai: {} }\n");
        await using GatewayProcess gateway = await GatewayProcess.StartServerAsync(
            config, new Dictionary<string, string>(), "idle.log");

        IReadOnlyList<string> loaded = gateway.Loaded();

        Assert.Contains("System.Private.CoreLib.dll", loaded);
        Assert.DoesNotContain(loaded, name => name.StartsWith("libcrypto", StringComparison.Ordinal));
    }
}
