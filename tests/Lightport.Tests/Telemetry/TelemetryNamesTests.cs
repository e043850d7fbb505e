using Lightport.Telemetry;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Telemetry;

/// <summary>The conventions change: then one file does.</summary>
public sealed class TelemetryNamesTests
{
    private const string File = "src/Lightport/Telemetry/TelemetryNames.cs";

    [Fact]
    public void Names_OfTheConventions_StandInOneFile() => Rule.Holds(
        $"A name of the conventions for generative AI stands outside of {File}:",
        from file in Repository.Sources
        where file.Path != File && file.Text.Contains("\"gen_ai.", StringComparison.Ordinal)
        select file.Path);

    [Fact]
    public void Conventions_AreThoseThatThePageNames()
    {
        const string Commit = "004902b8cb70aa5ae6ca4ae07132b7daabcd3e10";

        Assert.Contains(Commit, Repository.Read(File), StringComparison.Ordinal);
        Assert.Contains(Commit, Repository.Read("docs/telemetry.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_StandInThePage() => Rule.Holds(
        "A metric stands in no row of docs/telemetry.md:",
        from field in typeof(TelemetryNames).GetFields()
        let name = (string)field.GetRawConstantValue()!
        where name.Contains('.', StringComparison.Ordinal)
        where !Repository.Read("docs/telemetry.md").Contains($"`{name}`", StringComparison.Ordinal)
        select name);
}
