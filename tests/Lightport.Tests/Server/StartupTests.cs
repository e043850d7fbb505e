using System.Net;
using System.Net.Sockets;
using Lightport.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Lightport.Tests.Server;

public sealed class StartupTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Start_AtAnAddressThatIsTaken_SaysHowToGiveAnother(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string address = $"http://{host}:{((IPEndPoint)other.LocalEndpoint).Port}";

        string said = await RefusalAsync("--urls", address);

        Assert.StartsWith($"Cannot listen on {address}: ", said, StringComparison.Ordinal);
        Assert.Contains("give another address, as in --urls", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AtAnAddressOfAnotherMachine_SaysHowToGiveAnother()
    {
        // One of the addresses that are kept for documents, and so nobody's.
        string said = await RefusalAsync("--urls", "http://192.0.2.1:7071", "--LIGHTPORT_KEY", "0123456789abcdef");

        Assert.StartsWith("Cannot listen on http://192.0.2.1:7071: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:7071")]
    [InlineData("7071")]
    [InlineData("ftp://localhost:7071")]
    [InlineData("http://localhost:70710")]
    [InlineData("http://localhost:7071/v1")]
    public async Task Start_AtWhatIsNoAddress_SaysWhatOneLooksLike(string address)
    {
        string said = await RefusalAsync("--urls", address);

        Assert.StartsWith($"'{address}' is no address to listen on", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithASettingThatIsWrongWhereTheServerIsBuilt_SaysSo()
    {
        string said = await RefusalAsync("--LIGHTPORT_DRAIN", "soon");

        Assert.StartsWith("LIGHTPORT_DRAIN is 'soon'; set it to", said, StringComparison.Ordinal);
    }

    /// <summary>Asks for one that no machine has: that of a developer may be there or not.</summary>
    [Theory]
    [InlineData("--urls", "https://127.0.0.1:0")]
    [InlineData("--Kestrel:Endpoints:Secure:Url", "https://127.0.0.1:0")]
    public async Task Start_AtHttpsWithoutACertificate_SaysHowToNameOne(string setting, string address)
    {
        string said = await RefusalAsync(
            setting, address, "--Kestrel:Certificates:Default:Subject", "nobody.invalid");

        Assert.StartsWith(
            $"Cannot listen on {address}: there is no certificate. Name one in Kestrel__",
            said,
            StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("none.pfx")]
    [InlineData("Lightport.Tests.dll")]
    public async Task Start_WithWhatIsNoCertificate_SaysWhatItIs(string file)
    {
        string path = Path.Combine(AppContext.BaseDirectory, file);

        string said = await RefusalAsync(
            "--urls", "https://127.0.0.1:0", "--Kestrel:Certificates:Default:Path", path);

        Assert.StartsWith(
            "Cannot listen on https://127.0.0.1:0: the certificate cannot be read (", said, StringComparison.Ordinal);
        Assert.Single(said.TrimEnd().Split('\n'));
    }

    private static async Task<string> RefusalAsync(params string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(arguments);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Services.AddLightport(builder.Configuration);
        var errors = new StringWriter();

        Assert.Equal(2, await Startup.RunAsync(builder, errors));
        return errors.ToString();
    }
}
