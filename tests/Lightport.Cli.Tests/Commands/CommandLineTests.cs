using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class CommandLineTests
{
    private readonly ToolInPlace _tool = new() { Width = 80 };
    private readonly ToolProcess _process = new();

    [Theory]
    [InlineData]
    [InlineData("keys")]
    [InlineData("keys", "frobnicate")]
    [InlineData("apply")]
    [InlineData("versions", "--frobnicate")]
    [InlineData("keys", "show", "a", "b")]
    [InlineData("chat", "hi")]
    public async Task CommandLine_ThatIsWrong_EndsWith2AndSaysWhereToLook(params string[] arguments)
    {
        ToolResult result = (await _tool.RunAsync(arguments)).Ended(2);

        Assert.Equal("", result.Output);
        Assert.Matches("^error: .+\nRun `lightport[a-z ]* --help` to see what it takes.\n$", result.Error);
    }

    [Theory]
    [InlineData("'apply'", "aply", "x.yaml")]
    [InlineData("'rollback'", "rolback")]
    [InlineData("'create'", "keys", "craete", "team-a")]
    [InlineData("'--expires'", "keys", "create", "team-a", "--expire", "90d")]
    [InlineData("'--no-color'", "health", "--no-colour")]
    [InlineData("'--model'", "explain", "--modle", "x")]
    [InlineData("'--model'", "explain", "--modle=x")]
    [InlineData("'--exit-code'", "diff", "--exit-cod")]
    public async Task CommandLine_ThatIsMistyped_NamesWhatWasMeant(string meant, params string[] arguments)
    {
        ToolResult result = (await _tool.RunAsync(arguments)).Ended(2);

        Assert.Contains($"Did you mean {meant}?", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_WithAnOptionThatIsNotThere_NamesItAndNothingOfWhatFollows()
    {
        ToolResult result = (await _tool.RunAsync("explain", "--modle", "x")).Ended(2);

        Assert.StartsWith(
            "error: '--modle' is no option of `lightport explain`. Did you mean '--model'?\n",
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_WithAKeyInAFilesPlace_RepeatsNothingOfIt()
    {
        ToolResult result = (await _tool.RunAsync("check", "--admin-key=lp-canary")).Ended(2);

        Assert.Contains("A key is never given as an argument", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommandLine_WithACommandThatIsNotThere_SaysThatAlone()
    {
        ToolResult result = (await _process.RunAsync("keys", "creat", "team-a")).Ended(2);

        Assert.Equal(
            """
            error: 'creat' is no command or option of `lightport keys`. Did you mean 'create'?
            Run `lightport keys --help` to see what it takes.

            """,
            result.Error);
    }

    [Fact]
    public async Task CommandLine_ThatIsWrongForScripts_IsToldInJson()
    {
        ToolResult result = (await _tool.RunAsync("apply", "--json")).Ended(2);

        JsonElement error = JsonDocument.Parse(result.Error).RootElement.GetProperty("error");
        Assert.Equal("invalid_arguments", error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("lightport [command]", "--help")]
    [InlineData("lightport keys create <name> [options]", "keys", "create", "--help")]
    [InlineData("It is never an argument itself", "apply", "-h")]
    public async Task Help_IsAResult(string text, params string[] arguments)
    {
        ToolResult result = (await _process.RunAsync(arguments)).Ended(0);

        Assert.Contains(text, result.Output, StringComparison.Ordinal);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Version_IsTheProducts()
    {
        ToolResult result = (await _process.RunAsync("--version")).Ended(0);

        Assert.StartsWith("0.1.0", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://gateway")]
    [InlineData("https://user:lp-canary-pw@gateway")]
    [InlineData("https://gateway/?code=lp-canary-pw")]
    public async Task Address_ThatIsNone_EndsWith2AndIsNotRepeated(string address)
    {
        _tool.Environment["LIGHTPORT_URL"] = address;

        ToolResult result = (await _tool.RunAsync("models")).Ended(2);

        Assert.Contains("no address of a gateway", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Error, StringComparison.Ordinal);
    }
}
