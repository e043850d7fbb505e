using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

/// <summary>Where the admin key comes from, and that it goes nowhere but to the gateway.</summary>
public sealed class AdminKeyTests : GatewayTests
{
    private const string Door = "GET /manage/config/versions";
    private const string FileKey = "lp-admin-file-canary-19";

    [Fact]
    public async Task AdminKey_InAFile_GoesBeforeTheEnvironments()
    {
        Gateway.On(Door, Contract.Versions);
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, FileKey + "\r\n");

        (await Tool.RunAsync("versions", "--admin-key-file", path)).Ended(0);
        File.Delete(path);

        Assert.Equal($"Bearer {FileKey}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task AdminKey_OnStandardInput_IsTaken()
    {
        Gateway.On(Door, Contract.Versions);

        (await Tool.RunWithInputAsync(FileKey + "\n", "versions", "--admin-key-file", "-")).Ended(0);

        Assert.Equal($"Bearer {FileKey}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task AdminKey_OnStandardInputBesideTheDocument_EndsWith2()
    {
        ToolResult result = (await Tool.RunWithInputAsync("models: {}", "diff", "-", "--admin-key-file", "-")).Ended(2);

        Assert.Contains("cannot be both the admin key and the document", result.Error, StringComparison.Ordinal);
        Assert.Empty(Gateway.Calls);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak: x")]
    public async Task AdminKey_ThatIsNone_EndsWith2AndIsNotRepeated(string key)
    {
        ToolResult result = (await Tool.RunWithInputAsync(key, "versions", "--admin-key-file", "-")).Ended(2);

        Assert.Empty(Gateway.Calls);
        Assert.DoesNotContain("two words", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminKey_ThatIsNotThere_EndsWith3BeforeAnyCall()
    {
        Tool.Environment["LIGHTPORT_ADMIN_KEY"] = null;

        ToolResult result = (await Tool.RunAsync("versions")).Ended(3);

        Assert.Contains("Set LIGHTPORT_ADMIN_KEY", result.Error, StringComparison.Ordinal);
        Assert.Empty(Gateway.Calls);
    }

    [Theory]
    [InlineData("--admin-key", FileKey)]
    [InlineData("--admin-key=" + FileKey)]
    [InlineData("--api-key", FileKey)]
    public async Task AdminKey_AsAnArgument_IsRefusedAndNotRepeated(params string[] arguments)
    {
        ToolResult result = (await Tool.RunAsync(["versions", .. arguments])).Ended(2);

        Assert.Contains("A key is never given as an argument", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Error + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_InWhatTheGatewaySays_AreTakenOut()
    {
        Gateway.On(Door, new FakeAnswer(401, Contract.Error($"'{AdminKey}' and '{ClientKey}' are wrong.", AdminKey)));

        ToolResult told = (await Tool.RunAsync("versions")).Ended(3);
        ToolResult script = (await Tool.RunAsync("versions", "--json")).Ended(3);

        Assert.Contains("error: '[key]' and '[key]' are wrong.", told.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", told.Error + script.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AdminKey_ToAClientsDoor_IsNotSent()
    {
        Gateway.On("GET /v1/models", """{"data": []}""");
        Tool.Environment["LIGHTPORT_KEY"] = null;

        (await Tool.RunAsync("models")).Ended(0);

        Assert.Null(Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Theory]
    [InlineData("http://lightport.invalid", true)]
    [InlineData("https://lightport.invalid", false)]
    public async Task AdminKey_OverPlainHttpToElsewhere_IsWarnedOf(string address, bool warned)
    {
        ToolResult result = (await Tool.RunAsync("versions", "--url", address)).Ended(4);

        Assert.Equal(
            warned,
            result.Error.StartsWith($"warning: {address} is not https: the key", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Author_OfOtherLetters_IsSentAsUtf8AndBounded()
    {
        Tool.Environment["LIGHTPORT_AUTHOR"] = "Jürgen\n" + new string('x', 200);
        Gateway.On("DELETE /manage/keys/5f0c9a1e77b2d3c4", new FakeAnswer(204, ""));

        (await Tool.RunAsync("keys", "delete", "5f0c9a1e77b2d3c4", "--yes")).Ended(0);

        Assert.Equal("Jürgen" + new string('x', 94), Assert.Single(Gateway.Calls).Header("x-lightport-author"));
    }

    [Fact]
    public async Task Author_WhoIsNotNamed_IsTheUserOfTheMachine()
    {
        Tool.Environment["LIGHTPORT_AUTHOR"] = null;
        Gateway.On("DELETE /manage/keys/5f0c9a1e77b2d3c4", new FakeAnswer(204, ""));

        (await Tool.RunAsync("keys", "delete", "5f0c9a1e77b2d3c4", "--yes")).Ended(0);

        Assert.Equal(
            $"{Environment.UserName}@{Environment.MachineName}",
            Assert.Single(Gateway.Calls).Header("x-lightport-author"));
    }
}
