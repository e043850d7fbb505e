using Lightport.Admission;
using Lightport.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>With a key it starts, and no later document takes it away.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("lp-canary-key")]
    public void Start_OnTheInternet_IsRefusedWithoutAKeyNowAndLater(string? key)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["WEBSITE_HOSTNAME"] = "contoso.azurewebsites.net",
                ["LIGHTPORT_KEY"] = key,
            })
            .Build();
        using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddLightport(settings, ownsFiles: false)
            .BuildServiceProvider();

        Exception? refused = Record.Exception(services.GuardConfiguration);
        ConfigurationResult opened = services.GetRequiredService<ConfigurationReader>()
            .Read("admission: { mode: open }", "lightport.yaml");

        Assert.Equal(key is null, refused is InvalidOperationException);
        Assert.Contains("anyone on the internet", Assert.Single(opened.Errors).Message, StringComparison.Ordinal);
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
