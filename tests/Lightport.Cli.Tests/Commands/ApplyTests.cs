using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class ApplyTests : GatewayTests
{
    private const string Look = "GET /manage/config";
    private const string Try = "PUT /manage/config?dry-run=true";
    private const string Put = "PUT /manage/config";

    private static readonly FakeAnswer InForce = new(200, "models: {}\n", "application/yaml")
    {
        Headers = { ["ETag"] = "\"v1\"" },
    };

    [Fact]
    public async Task Apply_WithYes_ShowsTheDifferenceAndChangesWhatItShowed()
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes).On(Put + "?note=for%20fast%20%26%20slow", Contract.Changes);

        ToolResult result = (await Tool.RunAsync(
            "apply", RepositoryFiles.Sample, "--yes", "--note", "for fast & slow")).Ended(0);

        Assert.StartsWith("~ changed  model fast\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("Version 20261121T081530123-5f0c9a1e is in force.\n", result.Output, StringComparison.Ordinal);
        Assert.Equal([Look, Try, Put + "?note=for%20fast%20%26%20slow"], Gateway.Calls.Select(call => call.Line));
        Assert.All(Gateway.Calls.Skip(1), call => Assert.Equal("\"v1\"", call.Header("if-match")));
        ReceivedCall put = Gateway.Calls[2];
        Assert.Equal(await File.ReadAllTextAsync(RepositoryFiles.Sample), put.Body);
        Assert.Equal("jane@contoso.com", put.Header("x-lightport-author"));
    }

    [Fact]
    public async Task Apply_WithoutAPersonOrYes_ChangesNothingAndEndsWith2()
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes);

        ToolResult result = (await Tool.RunAsync("apply", RepositoryFiles.Sample)).Ended(2);

        Assert.Contains("give --yes to go ahead unasked", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Put, Gateway.Calls.Select(call => call.Line));
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("Yes\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task Apply_AskingAPerson_DoesAsTheySay(string typed, bool agreed)
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes).On(Put, Contract.Changes);

        ToolResult result = (await InPlace(typed).RunAsync("apply", RepositoryFiles.Sample)).Ended(0);

        Assert.Contains("Put this in force? [y/N] ", result.Error, StringComparison.Ordinal);
        Assert.Equal(agreed, Gateway.Calls.Any(call => call.Line == Put));
        string end = typed.Length > 0 ? "[y/N] Nothing was changed.\n" : "[y/N] \nNothing was changed.\n";
        Assert.Equal(!agreed, result.Error.EndsWith(end, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Apply_OfTheSameDocument_WritesNothing()
    {
        Gateway.On(Look, InForce).On(Try, Contract.NoChanges);

        ToolResult result = (await Tool.RunWithInputAsync(InForce.Body, "apply", "-")).Ended(0);

        Assert.Equal("Nothing changes.\n", result.Output);
        Assert.Equal("Version v1 stays in force.\n", result.Error);
        Assert.Equal([Look, Try], Gateway.Calls.Select(call => call.Line));
    }

    [Fact]
    public async Task Apply_OfOtherCommentsOnly_KeepsThem()
    {
        Gateway.On(Look, InForce).On(Try, Contract.NoChanges).On(Put, Contract.Changes);

        (await Tool.RunWithInputAsync("# ours\n" + InForce.Body, "apply", "-", "--yes")).Ended(0);

        Assert.Equal("# ours\n" + InForce.Body, Gateway.Calls[^1].Body);
    }

    [Fact]
    public async Task Apply_WhereNothingWasEverApplied_NeedsNoVersion()
    {
        Gateway.On(Look, new FakeAnswer(404, Contract.Error("There is no configuration.", "not_found")))
            .On(Try, Contract.Changes)
            .On(Put, Contract.Changes);

        (await Tool.RunAsync("apply", RepositoryFiles.Sample, "-y")).Ended(0);

        Assert.All(Gateway.Calls, call => Assert.Null(call.Header("if-match")));
    }

    [Fact]
    public async Task Apply_WithIfMatch_HoldsToThatVersion()
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes).On(Put, Contract.Changes);

        (await Tool.RunAsync("apply", RepositoryFiles.Sample, "--yes", "--if-match", "v7")).Ended(0);

        Assert.Equal([null, "\"v7\"", "\"v7\""], Gateway.Calls.Select(call => call.Header("if-match")));
    }

    [Fact]
    public async Task Apply_ToAVersionThatIsNoLonger_SaysToLookAgain()
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes)
            .On(Put, new FakeAnswer(412, Contract.Error("Version v2 is in force.", "precondition_failed")));

        ToolResult result = (await Tool.RunAsync("apply", RepositoryFiles.Sample, "--yes")).Ended(1);

        Assert.Contains("error: Version v2 is in force.", result.Error, StringComparison.Ordinal);
        Assert.Contains("look at it again with `lightport diff`", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("is in force.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_ForScripts_PrintsTheAnswerAlone()
    {
        Gateway.On(Look, InForce).On(Try, Contract.NoChanges).On(Put, Contract.Changes);

        ToolResult result = (await Tool.RunAsync("apply", RepositoryFiles.Sample, "--yes", "--json")).Ended(0);

        Assert.Equal(Contract.Changes + "\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Fact]
    public async Task Apply_ForScriptsWithoutYes_IsRefusedInJson()
    {
        Gateway.On(Look, InForce).On(Try, Contract.Changes);

        ToolResult result = (await InPlace("y\n").RunAsync("apply", RepositoryFiles.Sample, "--json")).Ended(2);

        Assert.Equal("", result.Output);
        JsonElement error = JsonDocument.Parse(result.Error).RootElement.GetProperty("error");
        Assert.Equal("confirmation_required", error.GetProperty("code").GetString());
    }
}
