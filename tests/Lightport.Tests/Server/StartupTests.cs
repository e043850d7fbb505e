using System.Net;
using System.Net.Sockets;
using Lightport.Server;
using Microsoft.AspNetCore.Builder;

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

    private static async Task<string> RefusalAsync(params string[] arguments)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Services.AddLightport(builder.Configuration);
        var errors = new StringWriter();

        Assert.Equal(2, await Startup.RunAsync(builder, errors));
        return errors.ToString();
    }
}
