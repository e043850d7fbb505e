using Lightport.Providers;

namespace Lightport.Tests.Providers;

public sealed class ProviderPageTests
{
    [Fact]
    public void Page_OfTheCatalog_IsUpToDate()
    {
        string file = Path.Combine(RepositoryFolder.Root, "docs", "providers.md");
        string page = ProviderPage.Write(ProviderCatalog.Load());
        if (RepositoryFolder.WritesDocuments)
        {
            File.WriteAllText(file, page);
        }

        Assert.True(
            File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == page.ReplaceLineEndings("\n"),
            "docs/providers.md is not what the catalog says. Run eng/providers-page.sh and commit the page.");
    }
}
