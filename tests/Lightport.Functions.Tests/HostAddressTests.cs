using Microsoft.Extensions.Configuration;

namespace Lightport.Functions.Tests;

public sealed class HostAddressTests
{
    [Theory]
    [InlineData("http://+:80", null, "127.0.0.1:80")]
    [InlineData("http://*:8080", "app.azurewebsites.net", "127.0.0.1:8080")]
    [InlineData("http://0.0.0.0:7071", null, "127.0.0.1:7071")]
    [InlineData("http://[::]:7071", null, "127.0.0.1:7071")]
    [InlineData("http://10.1.0.4:80", null, "10.1.0.4:80")]
    [InlineData("https://+:443; http://localhost:5000", null, "127.0.0.1:5000")]
    [InlineData(null, "localhost:7071", "127.0.0.1:7071")]
    [InlineData("", "[::1]:7071", "[::1]:7071")]
    [InlineData(null, "app.azurewebsites.net", null)]
    [InlineData("https://+:443", null, null)]
    [InlineData("http://unix:/run/host.sock", null, null)]
    [InlineData("http://+:0", "", null)]
    [InlineData(null, null, null)]
    public void Host_IsSoughtWhereItWasToldToListen(string? urls, string? hostName, string? address)
    {
        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = urls, ["WEBSITE_HOSTNAME"] = hostName })
            .Build();

        Assert.Equal(address, HostAddress.Find(settings)?.ToString());
    }
}
