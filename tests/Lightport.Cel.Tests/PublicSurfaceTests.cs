using Lightport.Tests.Architecture;

namespace Lightport.Cel.Tests;

/// <summary>What hosts may use is a list, so that it grows by decision.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void Types_ThatArePublic_AreThoseOfTheList() => Assert.Equal(
        Repository.Read("tests/Lightport.Cel.Tests/PublicSurface.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries),
        typeof(CelProgram).Assembly.GetExportedTypes().Select(type => type.FullName!).Order(StringComparer.Ordinal));

    [Fact]
    public void Library_ReferencesNothingButTheFramework() => Assert.DoesNotContain(
        typeof(CelProgram).Assembly.GetReferencedAssemblies(),
        reference => !reference.Name!.StartsWith("System.", StringComparison.Ordinal));
}
