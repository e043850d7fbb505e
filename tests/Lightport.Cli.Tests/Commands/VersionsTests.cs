using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class VersionsTests : GatewayTests
{
    private const string Door = "GET /manage/config/versions";

    [Fact]
    public async Task Versions_AreATable()
    {
        Gateway.On(Door, Contract.Versions);

        ToolResult result = (await Tool.RunAsync("versions")).Ended(0);

        Assert.Equal(
            """
               version                      created               author            entries  note
            *  20261121T081530123-5f0c9a1e  2026-11-21 08:15:30Z  jane@contoso.com       12  fallback for fast

            """,
            result.Output);
        Assert.Equal($"Bearer {AdminKey}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task Versions_ForScripts_AreTheAnswerAsItCame()
    {
        Gateway.On(Door, Contract.Versions);

        ToolResult result = (await Tool.RunAsync("versions", "--json")).Ended(0);

        Assert.Equal(Contract.Versions + "\n", result.Output);
    }

    [Fact]
    public async Task Versions_WhereThereAreNone_SayHowToMakeOne()
    {
        Gateway.On(Door, """{"current": null, "versions": []}""");

        ToolResult result = (await Tool.RunAsync("versions")).Ended(0);

        Assert.Equal("", result.Output);
        Assert.Contains("`lightport apply` makes the first version", result.Error, StringComparison.Ordinal);
    }
}
