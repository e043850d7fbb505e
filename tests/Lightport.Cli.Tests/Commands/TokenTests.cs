using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

/// <summary>Where a token comes from, and where it goes.</summary>
public sealed class TokenTests : GatewayTests
{
    private const string Door = "GET /manage/config/versions";
    private const string Token = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary";

    [Fact]
    public async Task Token_OfTheEnvironment_GoesBeforeTheAdminKey()
    {
        Gateway.On(Door, Contract.Versions);
        Tool.Environment["LIGHTPORT_TOKEN"] = Token;

        (await Tool.RunAsync("versions")).Ended(0);

        Assert.Equal($"Bearer {Token}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task Token_OnStandardInput_IsTaken()
    {
        Gateway.On(Door, Contract.Versions);

        (await Tool.RunWithInputAsync(Token + "\n", "versions", "--token-file", "-")).Ended(0);

        Assert.Equal($"Bearer {Token}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task AdminKeyThatIsNamed_GoesBeforeAToken()
    {
        Gateway.On(Door, Contract.Versions);
        Tool.Environment["LIGHTPORT_TOKEN"] = Token;

        (await Tool.RunWithInputAsync(AdminKey, "versions", "--admin-key-file", "-")).Ended(0);

        Assert.Equal($"Bearer {AdminKey}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task Token_StandsForAClientKeyThatIsNotThere()
    {
        Gateway.On("GET /v1/models", """{"data": []}""");
        Tool.Environment["LIGHTPORT_KEY"] = null;
        Tool.Environment["LIGHTPORT_TOKEN"] = Token;

        (await Tool.RunAsync("models")).Ended(0);

        Assert.Equal($"Bearer {Token}", Assert.Single(Gateway.Calls).Header("authorization"));
    }

    [Fact]
    public async Task Token_AsAnArgument_IsRefusedAndNotRepeated()
    {
        ToolResult result = (await Tool.RunAsync("versions", "--token", Token)).Ended(2);

        Assert.Contains("A key is never given as an argument", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", result.Error + result.Output, StringComparison.Ordinal);
    }
}
