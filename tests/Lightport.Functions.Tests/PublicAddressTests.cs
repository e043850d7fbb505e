using Lightport.Admission;
using Microsoft.Extensions.Configuration;

namespace Lightport.Functions.Tests;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("contoso.azurewebsites.net")]
    [InlineData("10.0.0.4:8080")]
    [InlineData("")]
    [InlineData(null)]
    public void Refusal_OpenWhereOthersReachIt_SaysWhatToSet(string? hostName) =>
        Assert.Contains(
            "LIGHTPORT_KEY", PublicAddress.Refusal(AdmissionMode.Open, hostName), StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost:7071", true)]
    [InlineData("contoso.azurewebsites.net", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Files_AreKeptOnOneMachineAlone(string? hostName, bool local)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["WEBSITE_HOSTNAME"] = hostName })
            .Build();

        Assert.Equal(local, settings.IsLocal());
    }

    [Theory]
    [InlineData(null, "3s")]
    [InlineData("", "3s")]
    [InlineData("1m", "1m")]
    public void Drain_WithoutAWordOfIt_FitsIntoWhatTheHostWaits(string? setting, string expected)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LIGHTPORT_DRAIN"] = setting })
            .Build();
        settings.PreferShortDrain();

        Assert.Equal(expected, settings["LIGHTPORT_DRAIN"]);
    }

    [Fact]
    public void Refusal_OpenUnderCoreTools_IsNone() =>
        Assert.Null(PublicAddress.Refusal(AdmissionMode.Open, "localhost:7071"));

    [Theory]
    [InlineData(AdmissionMode.Keys)]
    [InlineData(AdmissionMode.BringYourOwn)]
    public void Refusal_KeysAreAskedFor_IsNone(AdmissionMode mode) =>
        Assert.Null(PublicAddress.Refusal(mode, "contoso.azurewebsites.net"));
}
