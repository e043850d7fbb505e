using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Output;

/// <summary>Colours are for a person's screen alone, and only where they are wanted.</summary>
public sealed class ColorTests : GatewayTests
{
    private const char Escape = '\u001b';

    [Fact]
    public async Task Colours_OnAScreen_AreThere()
    {
        Gateway.On("GET /manage/config/versions", Contract.Versions);

        ToolResult result = (await InPlace().RunAsync("versions")).Ended(0);

        Assert.Contains(Escape, result.Output);
    }

    [Theory]
    [InlineData("NO_COLOR", "1")]
    [InlineData("TERM", "dumb")]
    [InlineData(null, null, "--no-color")]
    public async Task Colours_ThatAreNotWanted_AreNotThere(string? name, string? value, params string[] options)
    {
        Gateway.On("GET /manage/config/versions", Contract.Versions)
            .On("GET /manage/keys/0000000000000000", new FakeAnswer(404, Contract.Error("There is no such key.", "key_not_found")));
        if (name is not null)
        {
            Tool.Environment[name] = value;
        }

        ToolResult result = (await InPlace().RunAsync(["versions", .. options])).Ended(0);
        ToolResult failed = (await InPlace().RunAsync(["keys", "show", "0000000000000000", .. options])).Ended(1);

        Assert.Contains("20261121T081530123-5f0c9a1e", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, result.Output);
        Assert.DoesNotContain(Escape, failed.Error);
    }

    [Fact]
    public async Task Colours_InAPipe_AreNotThere()
    {
        Gateway.On("GET /manage/config/versions", Contract.Versions);

        ToolResult result = (await Tool.RunAsync("versions")).Ended(0);

        Assert.DoesNotContain(Escape, result.Output);
    }

    [Fact]
    public async Task ControlCharacters_OfOthers_ReachNoScreen()
    {
        Gateway.On("GET /manage/config/versions", Contract.Versions.Replace(
            "jane", "\\u001b]0;owned\\u0007jane", StringComparison.Ordinal));

        ToolResult result = (await Tool.RunAsync("versions")).Ended(0);

        Assert.DoesNotContain(Escape, result.Output);
        Assert.Contains("]0;owned jane", result.Output, StringComparison.Ordinal);
    }
}
