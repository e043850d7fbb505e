using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Lightport.Infra.Tests.Packages;

/// <summary>Every package that the solution takes is held by a lock file, with its content.</summary>
public sealed partial class LockFileTests
{
    private static IEnumerable<string> Projects => ProjectPath()
        .Matches(Repository.Read("Lightport.Functions.sln"))
        .Select(match => match.Value.Replace('\\', '/'));

    private static Dictionary<string, string> Versions { get; } = XDocument
        .Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
        .ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value);

    [Fact]
    public void Projects_HaveALockFile() => Rule.Holds(
        "A project without packages.lock.json; restore it and commit the file:",
        Projects.Where(project => !Repository.Has(LockOf(project))));

    [Fact]
    public void Packages_OfAProject_AreLockedAtTheirVersion() => Rule.Holds(
        "Another version in the lock file than in Directory.Packages.props; run `dotnet restore --force-evaluate`:",
        from project in Projects
        let locked = Locked(LockOf(project)).DistinctBy(package => package.Name).ToDictionary(package => package.Name)
        from reference in XDocument.Parse(Repository.Read(project)).Descendants("PackageReference")
        let name = reference.Attribute("Include")!.Value
        where !locked.TryGetValue(name, out LockedPackage? package) || package.Version != Versions[name]
        select $"{project}: {name}");

    [Fact]
    public void Packages_AreLockedByTheirContent() => Rule.Holds(
        "A package without a hash of its content:",
        from project in Projects
        from package in Locked(LockOf(project))
        where package.Type != "Project" && package.ContentHash is not { Length: 88 }
        select $"{project}: {package.Name}");

    /// <summary>One package has one content, whoever takes it.</summary>
    [Fact]
    public void Packages_AreTheSameForEveryProject() => Rule.Holds(
        "One version with two contents:",
        from package in Projects.SelectMany(project => Locked(LockOf(project)))
        where package.Type != "Project"
        group package.ContentHash by (package.Name, package.Version) into contents
        where contents.Distinct().Count() > 1
        select $"{contents.Key}");

    private static string LockOf(string project) => $"{Path.GetDirectoryName(project)}/packages.lock.json";

    private static IEnumerable<LockedPackage> Locked(string path) =>
        from framework in JsonDocument.Parse(Repository.Read(path)).RootElement.GetProperty("dependencies")
            .EnumerateObject()
        from package in framework.Value.EnumerateObject()
        select new LockedPackage(
            package.Name,
            package.Value.GetProperty("type").GetString()!,
            Text(package.Value, "resolved"),
            Text(package.Value, "contentHash"));

    private static string? Text(JsonElement package, string name) =>
        package.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    [GeneratedRegex(@"(src|tests)\\[^""]+\.csproj")]
    private static partial Regex ProjectPath();

    private sealed record LockedPackage(string Name, string Type, string? Version, string? ContentHash);
}
