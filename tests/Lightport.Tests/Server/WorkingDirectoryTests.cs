using System.Diagnostics;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Server;

public sealed class WorkingDirectoryTests
{
    /// <summary>The web SDK's own choice is the project's folder, where nobody keeps lightport.yaml.</summary>
    [Fact]
    public async Task DotnetRun_StartsWhereItWasCalled()
    {
        string project = Path.Combine(Repository.Root, "src", "Lightport.Server", "Lightport.Server.csproj");
        var ask = new ProcessStartInfo("dotnet", ["msbuild", project, "-getProperty:RunWorkingDirectory", "-nologo"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(ask)!;
        string answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(
            Path.TrimEndingDirectorySeparator(Path.GetTempPath()),
            Path.TrimEndingDirectorySeparator(answer.Trim()));
    }
}
