using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class CheckTests
{
    private const string Wrong = """
        models:
          fast: nowhere/any
          slow: { fallbck: [fast] }
        """;

    private readonly ToolInPlace _tool = new() { Width = 80 };

    [Fact]
    public async Task Check_OfTheSample_SaysWhatIsInIt()
    {
        ToolResult result = (await _tool.RunAsync("check", RepositoryFiles.Sample)).Ended(0);

        Assert.Contains($"{RepositoryFiles.Sample} is valid.", result.Output, StringComparison.Ordinal);
        Assert.Contains("providers       16  openai, anthropic, azure-openai, openai-eu, openai-by-many", result.Output, StringComparison.Ordinal);
        Assert.Contains("claude-*", result.Output, StringComparison.Ordinal);
        Assert.Contains("client keys      1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfMistakes_TellsEachWithItsPlaceAndEndsWith1()
    {
        ToolResult result = (await _tool.RunWithInputAsync(Wrong, "check", "-")).Ended(1);

        Assert.Equal("", result.Output);
        Assert.Contains("stdin:2:9: 'nowhere/any' names no provider", result.Error, StringComparison.Ordinal);
        Assert.Contains("stdin:3:11: unknown key 'fallbck'", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: The configuration has 3 mistakes.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ForScripts_TellsMistakesAsTheGatewayDoes()
    {
        ToolResult result = (await _tool.RunWithInputAsync("modls: {}", "check", "-", "--json")).Ended(1);

        Assert.Equal("", result.Output);
        JsonElement error = JsonDocument.Parse(result.Error).RootElement.GetProperty("error");
        Assert.Equal("invalid_configuration", error.GetProperty("code").GetString());
        Assert.Equal(1, error.GetProperty("details")[0].GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Check_ForScripts_DescribesAValidDocument()
    {
        ToolResult result = (await _tool.RunWithInputAsync(
            "models: { quick: echo/echo }", "check", "-", "--json")).Ended(0);

        JsonElement document = JsonDocument.Parse(result.Output).RootElement;
        Assert.True(document.GetProperty("valid").GetBoolean());
        Assert.Equal("quick", document.GetProperty("models")[0].GetString());
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Check_OfWarnings_TellsThemBesideTheResult()
    {
        ToolResult result = (await _tool.RunWithInputAsync("admission: { mode: keys }", "check", "-")).Ended(0);

        Assert.Contains("warning: stdin:1:12: admission asks for keys", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("admission asks", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/tmp/lightport-no-such-folder")]
    public async Task Check_OfAFileOfContextThatIsNotThere_Warns(string? folder)
    {
        _tool.Environment["LIGHTPORT_CONTEXT"] = folder;

        ToolResult result = (await _tool.RunWithInputAsync(
            "context: { h: { file: nosuch.md } }", "check", "-")).Ended(0);

        Assert.Contains(
            "warning: stdin:1:23: context.h.file cannot be read now: nosuch.md is not there.",
            result.Error,
            StringComparison.Ordinal);
        Assert.Matches("warnings +1", result.Output);
    }

    [Fact]
    public async Task Check_OfAnAuditThatCanNeverBeWritten_Warns()
    {
        ToolResult result = (await _tool.RunWithInputAsync("audit: { to: otlp }", "check", "-")).Ended(0);

        Assert.Contains("the audit cannot be written: audit.to is otlp", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfAMissingFile_EndsWith2()
    {
        ToolResult result = (await _tool.RunAsync("check", "no-such-file.yaml")).Ended(2);

        Assert.Contains("no-such-file.yaml cannot be read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfBrokenUtf8_EndsWith2()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, [(byte)'a', 0xff, 0xfe]);

        ToolResult result = (await _tool.RunAsync("check", path)).Ended(2);

        Assert.Contains("is not UTF-8 text", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfMoreThanTheGatewayTakes_EndsWith2()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, new string('#', (4 << 20) + 1));

        ToolResult result = (await _tool.RunAsync("check", path)).Ended(2);
        File.Delete(path);

        Assert.Contains("is longer than 4096 KiB", result.Error, StringComparison.Ordinal);
    }
}
