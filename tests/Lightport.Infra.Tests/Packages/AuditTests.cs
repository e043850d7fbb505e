using System.Xml.Linq;

namespace Lightport.Infra.Tests.Packages;

/// <summary>Packages are looked at for known vulnerabilities, and CI stops at one.</summary>
public sealed class AuditTests
{
    private static XElement Properties { get; } = XElement.Parse(Repository.Read("Directory.Build.props"));

    [Theory]
    [InlineData("NuGetAudit", "true")]
    [InlineData("NuGetAuditMode", "all")]
    [InlineData("NuGetAuditLevel", "low")]
    [InlineData("TreatWarningsAsErrors", "true")]
    [InlineData("RestorePackagesWithLockFile", "true")]
    public void Property_IsOnForEveryBuild(string name, string value)
    {
        XElement property = Assert.Single(Properties.Descendants(name));

        Assert.Equal(value, property.Value);
        Assert.Null(property.Attribute("Condition"));
    }

    [Theory]
    [InlineData("AuditFindings", "'$(CI)' != 'true'")]
    [InlineData("AuditFailures", "'$(AuditMustAnswer)' != 'true'")]
    public void Findings_AreOnlyWarnings_OutsideOfCi(string name, string condition) => Assert.Equal(
        condition,
        Assert.Single(Properties.Descendants(name)).Attribute("Condition")?.Value);

    /// <summary>What is let pass is said in Directory.Build.props, or not at all.</summary>
    [Fact]
    public void Projects_LetNothingPass() => Rule.Holds(
        "A project changes how packages are audited:",
        from path in Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj"))
        let text = Repository.Read(path)
        where text.Contains("NuGetAudit", StringComparison.Ordinal) || text.Contains("NU19", StringComparison.Ordinal)
        select path);
}
