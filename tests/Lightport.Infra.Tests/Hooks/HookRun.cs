namespace Lightport.Infra.Tests.Hooks;

/// <summary>How a hook ended and what it printed.</summary>
internal sealed record HookRun(int ExitCode, string Output, string Errors)
{
    public string All => Output + Errors;

    public void Succeeded() => Assert.True(ExitCode == 0, $"It ended with {ExitCode}:\n{All}");
}
