using Lightport.EndToEnd.Gateway;
using Xunit.Abstractions;

namespace Lightport.EndToEnd.Mcp;

/// <summary>
/// The protocol's own suite, with all that a revision requires. What fails as it must stands with its reason in a file
/// of peers/; the suite fails for anything else that fails, and for what stands there and does not.
/// </summary>
[Collection(PeerGroup.Name)]
public sealed class ConformanceTests(PeerFixture fixture, ITestOutputHelper output)
{
    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public Task Server_OfARevision_FailsNothingButWhatIsNamed(string revision) =>
        JudgeAsync("server", revision, "--url", new Uri(fixture.Gateway, "mcp").ToString());

    /// <summary>Each scenario has a server of its own; one gateway is the client of all, one after another.</summary>
    [Theory]
    [InlineData("2026-07-28")]
    [InlineData("2025-11-25")]
    public async Task Client_OfARevision_FailsNothingButWhatIsNamed(string revision)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("lightport-");
        await using GatewayProcess gateway = await GatewayProcess.StartServerAsync(
            Path.Combine(data.FullName, "lightport.yaml"),
            new Dictionary<string, string>
            {
                ["LIGHTPORT_ADMIN_KEY"] = Canary.AdminKey,
                ["LIGHTPORT_KEY"] = Canary.ClientKey,
                ["LIGHTPORT_DATA"] = data.FullName,

                // What the suite's authorization server takes.
                ["PEER_CLIENT_SECRET"] = "conformance-test-secret",
            },
            $"gateway-mcp-client-{revision}.log");

        await JudgeAsync("client", revision, "--command", $"node conformance-client.mjs {gateway.Address}");
    }

    private async Task JudgeAsync(string part, string revision, string option, string judged)
    {
        (int code, string said) = await PeerPrograms.RunAsync(
            "--import",
            "./node20.mjs",
            PeerPrograms.Package("conformance", "dist/index.js"),
            part,
            option,
            judged,
            "--requirements",
            revision,
            "--expected-failures",
            $"{part}-{revision}.yaml",
            "--output-dir",
            Path.Combine(RepositoryFiles.Artifacts, $"mcp-{part}-{revision}"),
            "--timeout",
            "120000");
        output.WriteLine(said[Math.Max(0, said.IndexOf("SUMMARY", StringComparison.Ordinal))..]);
        Assert.True(code == 0, said);
    }
}
