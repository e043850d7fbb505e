namespace Lightport.Cli.Tests.Running;

/// <summary>How a run of the tool ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Checks the exit code, and shows all that was said where it is another.</summary>
    public ToolResult Ended(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"Exit code {ExitCode}, not {exitCode}.\nout: {Output}\nerr: {Error}");
        return this;
    }
}
