using System.Diagnostics;
using System.Text.Json;

namespace Lightport.Functions.Tests;

/// <summary>What is published, as MSBuild itself works it out of the project.</summary>
public sealed class PublishTests
{
    private static readonly string[] Asked = ["PublishReadyToRun", "RuntimeIdentifier", "SelfContained"];

    /// <summary>A cold start waits for whatever is not compiled: it took a quarter longer without.</summary>
    [Fact]
    public async Task Publish_IsCompiledForAzuresMachines_WhichHaveTheRuntime() =>
        Assert.Equal(["true", "linux-x64", "false"], await ReadAsync("-p:_IsPublishing=true"));

    /// <summary>Whoever names a machine gets its own.</summary>
    [Fact]
    public async Task Publish_ForANamedMachine_IsForThatOne() =>
        Assert.Equal("linux-arm64", (await ReadAsync("-p:_IsPublishing=true", "-p:RuntimeIdentifier=linux-arm64"))[1]);

    [Fact]
    public async Task Build_IsForTheMachineAtHand_AndQuick() => Assert.Equal(["", ""], (await ReadAsync())[..2]);

    private static async Task<string[]> ReadAsync(params string[] options)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "msbuild", RepositoryFile.Path("src/Lightport.Functions/Lightport.Functions.csproj") },
            RedirectStandardOutput = true,
        };
        foreach (string option in Asked.Select(name => $"-getProperty:{name}").Concat(options))
        {
            start.ArgumentList.Add(option);
        }

        using Process process = Process.Start(start)!;
        string told = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, told);
        JsonElement properties = JsonElement.Parse(told).GetProperty("Properties");
        return [.. Asked.Select(name => properties.GetProperty(name).GetString()!)];
    }
}
