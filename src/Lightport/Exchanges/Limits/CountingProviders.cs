using Lightport.Routing;

namespace Lightport.Exchanges.Limits;

/// <summary>
/// Providers whose own pages say that they run tools no more often than a request says. Others speak the same dialects,
/// and no page of theirs says that they read the field.
/// </summary>
internal static class CountingProviders
{
    /// <summary>By their ids in the catalog: those whose dialects these are, and who serves their models for them.
    /// </summary>
    private static readonly string[] Ids =
        ["openai", "azure-openai", "azure-openai-dated", "anthropic", "azure-anthropic", "vertex-ai"];

    public static bool Has(Target target) => Ids.Contains(target.Provider.Provider.Id);
}
