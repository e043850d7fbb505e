using System.Xml.Linq;

namespace Lightport.Tests.Architecture;

/// <summary>Functions → Azure → Lightport ← Server; Functions → Lightport ← Cli → Conformance; Lightport → Cel.</summary>
public sealed class ProjectArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Lightport"] = ["Lightport.Cel"],
        ["Lightport.Azure"] = ["Lightport"],
        ["Lightport.Cel"] = [],
        ["Lightport.Cli"] = ["Lightport", "Lightport.Conformance"],
        ["Lightport.Conformance"] = [],
        ["Lightport.Functions"] = ["Lightport", "Lightport.Azure"],
        ["Lightport.Server"] = ["Lightport"],
    };

    private static readonly string[] WithoutAzure = ["Lightport", "Lightport.Cli", "Lightport.Server"];

    private static IReadOnlyDictionary<string, XDocument> Projects { get; } = Repository
        .Files("src", "*.csproj")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => XDocument.Parse(Repository.Read(path)));

    [Fact]
    public void Projects_AreTheOnesOfTheMap() =>
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void References_BetweenProjects_AreTheArrows() => Rule.Holds(
        "A project may reference only what the map draws an arrow to:",
        from project in Projects
        from reference in project.Value.Descendants("ProjectReference")
        let target = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
        where !Allowed[project.Key].Contains(target)
        select $"{project.Key} → {target}");

    [Fact]
    public void Packages_OfAllButAzuresOwn_AreNoneOfAzures() => Rule.Holds(
        "The gateway and its command line run without an Azure package:",
        from name in WithoutAzure
        from package in Projects[name].Descendants("PackageReference").Select(item => item.Attribute("Include")!.Value)
        where package.StartsWith("Azure.", StringComparison.Ordinal)
            || package.StartsWith("Microsoft.Azure.", StringComparison.Ordinal)
        select $"{name} → {package}");

    [Fact]
    public void Packages_OfTheProduct_AreNeverConditional() => Rule.Holds(
        "A package is there for everyone or for nobody:",
        from project in Projects
        from package in project.Value.Descendants("PackageReference")
        where package.AncestorsAndSelf().Any(element => element.Attribute("Condition") is not null)
        select $"{project.Key} → {package.Attribute("Include")?.Value}");

    [Fact]
    public void Packages_Versions_AreExactAndCentral() => Rule.Holds(
        "One exact version each, in Directory.Packages.props:",
        from package in XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
        let version = package.Attribute("Version")!.Value
        where !System.Version.TryParse(version.Split('-')[0], out _)
        select $"{package.Attribute("Include")!.Value} {version}");
}
