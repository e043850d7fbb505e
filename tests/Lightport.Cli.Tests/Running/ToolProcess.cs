using System.Diagnostics;

namespace Lightport.Cli.Tests.Running;

/// <summary>Runs the built tool in a process of its own, as a script does.</summary>
internal sealed class ToolProcess
{
    /// <summary>Only a tool that hangs takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Set for every run; null takes a variable away.</summary>
    public Dictionary<string, string?> Environment { get; } = new()
    {
        ["LIGHTPORT_URL"] = null,
        ["LIGHTPORT_ADMIN_KEY"] = null,
        ["LIGHTPORT_KEY"] = null,
        ["LIGHTPORT_AUTHOR"] = null,
        ["NO_COLOR"] = null,
    };

    public string Folder { get; init; } = Path.GetTempPath();

    public Task<ToolResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <param name="input">All of its standard input.</param>
    public async Task<ToolResult> RunWithInputAsync(string input, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await EndAsync(process, output, error);
    }

    /// <summary>Starts it; whoever started it reads what it says.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [RepositoryFiles.Tool, .. arguments])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string? value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The tool was not started.");
    }

    public static async Task<ToolResult> EndAsync(Process process, Task<string> output, Task<string> error)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }
}
