using System.Text.RegularExpressions;
using Lightport.Mcp.Connections;
using Lightport.Server;
using Lightport.Tests.Architecture;

namespace Lightport.Tests.Server;

public sealed partial class CommandLineTests
{
    [Theory]
    [InlineData("--urls", "http://127.0.0.1:7071", "--config", "lightport.yaml")]
    [InlineData("--urls=http://127.0.0.1:7071", "--CONFIG=a=b.yaml")]
    [InlineData("--Logging:LogLevel:Default", "Debug", "--Kestrel:Endpoints:A:Url=http://127.0.0.1:1")]
    [InlineData("--LIGHTPORT_DRAIN", "30s")]
    [InlineData("--environment", "--urls")]
    public void Options_ThatAreKnown_AreTaken(params string[] arguments) =>
        Assert.Null(CommandLine.Refusal(arguments));

    [Fact]
    public void Settings_OfTheGateway_AreAllKnown() => Rule.Holds(
        "A setting that the gateway reads must be an option of Server:",
        from file in Repository.Core
        from setting in Setting().Matches(file.Text).Select(match => match.Groups[1].Value).Distinct()
        where setting != ProgramFamily.Variable && CommandLine.Refusal([$"--{setting}", "value"]) is not null
        select $"{file.Path}: {setting}");

    [Fact]
    public void Settings_OfTheGateway_AreAllOnTheirPage() => Rule.Holds(
        "A setting needs a row in docs/settings.md:",
        from file in Repository.Core
        from setting in Setting().Matches(file.Text).Select(match => match.Groups[1].Value).Distinct()
        where setting != ProgramFamily.Variable
            && !Repository.Read("docs/settings.md").Contains($"`{setting}` |", StringComparison.Ordinal)
        select $"{file.Path}: {setting}");

    [Theory]
    [InlineData("--help")]
    [InlineData("--urls", "http://127.0.0.1:7071", "-h")]
    public void Help_WhereItIsAskedFor_NamesEverySetting(params string[] arguments)
    {
        string help = CommandLine.Help(arguments)!;

        Assert.Contains("--config <file>", help, StringComparison.Ordinal);
        Assert.Contains("--LIGHTPORT_SEAL_KEY <value>", help, StringComparison.Ordinal);
        Assert.Null(CommandLine.Help(["--urls", "http://127.0.0.1:7071"]));
    }

    [Theory]
    [InlineData("Unknown option '--conifg'; did you mean '--config'?", "--conifg", "lightport.yaml")]
    [InlineData("Unknown option '--url'; did you mean '--urls'?", "--urls=http://127.0.0.1:1", "--url=http://x")]
    [InlineData("Unknown option '--LIGHTPORT_KYE'; did you mean '--LIGHTPORT_KEY'?", "--LIGHTPORT_KYE=secret")]
    [InlineData("The option '--config' needs a value, as in --config <value>.", "--config")]
    public void Options_Otherwise_AreRefusedWithWhatIsMeant(string refusal, params string[] arguments) =>
        Assert.Equal(refusal, CommandLine.Refusal(arguments));

    [Theory]
    [InlineData("canary-secret", "Argument 1 is no option: options begin with --. Server takes --urls <address>")]
    [InlineData("-c", "Argument 1 is no option")]
    [InlineData("--", "Argument 1 is no option")]
    public void Argument_LikeNoOption_IsRefusedWithWhatThereIs(string argument, string refusal) =>
        Assert.StartsWith(refusal, CommandLine.Refusal([argument]), StringComparison.Ordinal);

    [GeneratedRegex("\"(LIGHTPORT_[A-Z_]+)\"")]
    private static partial Regex Setting();
}
