using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

/// <summary>What goes wrong between the tool and the gateway, and how scripts learn of it.</summary>
public sealed class FailureTests : GatewayTests
{
    private const string Door = "GET /manage/config/versions";

    [Theory]
    [InlineData(400, 1)]
    [InlineData(401, 3)]
    [InlineData(403, 3)]
    [InlineData(404, 1)]
    [InlineData(409, 1)]
    [InlineData(413, 1)]
    [InlineData(422, 1)]
    [InlineData(500, 4)]
    [InlineData(503, 4)]
    public async Task Refusal_EndsAsItsStatusIs(int status, int exitCode)
    {
        string error = Contract.Error("It is so.", "because");
        Gateway.On(Door, new FakeAnswer(status, error));

        ToolResult told = (await Tool.RunAsync("versions")).Ended(exitCode);
        ToolResult script = (await Tool.RunAsync("versions", "--json")).Ended(exitCode);

        Assert.Equal("", told.Output);
        Assert.StartsWith("error: It is so.\n", told.Error, StringComparison.Ordinal);
        Assert.Equal("", script.Output);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse(error).RootElement, JsonDocument.Parse(script.Error).RootElement));
    }

    [Fact]
    public async Task Refusal_OfTheAdminKey_SaysWhereItIsSet()
    {
        Gateway.On(Door, new FakeAnswer(401, Contract.Error("No.", "invalid_api_key")));

        ToolResult result = (await Tool.RunAsync("versions")).Ended(3);

        Assert.Contains("Check LIGHTPORT_ADMIN_KEY or --admin-key-file", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Door_ThatIsNotThere_SaysWhatToCheck()
    {
        Gateway.On(Door, new FakeAnswer(404, Contract.Error("There is nothing at this path.", "unknown_url")));

        ToolResult result = (await Tool.RunAsync("versions")).Ended(1);

        Assert.EndsWith(
            "Check --url, and that gateway and tool are of the same version.\n",
            result.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OfSomethingElseThanAGateway_IsNotPrinted()
    {
        Gateway.On(Door, new FakeAnswer(503, "<html><b>Our services aren't available</b></html>", "text/html"));

        ToolResult result = (await Tool.RunAsync("versions")).Ended(4);

        Assert.Contains("The address answered 503 with text/html", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("<html>", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html>hello</html>")]
    [InlineData("null")]
    [InlineData("""{"versions": 3}""")]
    public async Task Answer_ThatMakesNoSense_EndsWith4(string body)
    {
        Gateway.On(Door, body);

        ToolResult result = (await Tool.RunAsync("versions")).Ended(4);

        Assert.Contains("not what this version of the tool understands", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_ThatBreaksOff_EndsWith4()
    {
        Gateway.On(Door, new FakeAnswer(200, """{"current": "v1", "vers""") { Cut = true });

        ToolResult result = (await Tool.RunAsync("versions", "--json")).Ended(4);

        Assert.Equal("", result.Output);
        Assert.Equal("broken_off", Code(result));
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        await using FakeGateway other = await FakeGateway.StartAsync();
        Gateway.On(Door, new FakeAnswer(307, "") { Headers = { ["Location"] = other.Address + "/manage" } });

        ToolResult result = (await Tool.RunAsync("versions")).Ended(4);

        Assert.Contains($"a redirect to {other.Address}", result.Error, StringComparison.Ordinal);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task Gateway_ThatIsNotThere_EndsWith4()
    {
        string nowhere = $"http://127.0.0.1:{FreePort()}";

        ToolResult result = (await Tool.RunAsync("versions", "--url", nowhere, "--json")).Ended(4);

        Assert.Equal("unreachable", Code(result));
    }

    [Fact]
    public async Task Gateway_BehindAProxyOfTheEnvironment_IsReachedDirectlyOnThisMachine()
    {
        Tool.Environment["HTTP_PROXY"] = $"http://127.0.0.1:{FreePort()}";
        Gateway.On(Door, Contract.Versions);

        (await InProcess().RunAsync("versions")).Ended(0);
    }

    [Fact]
    public async Task Address_EndingInV1_IsTheSameGateway()
    {
        Gateway.On(Door, Contract.Versions);

        (await Tool.RunAsync("versions", "--url", Gateway.Address + "/v1/")).Ended(0);
    }

    private static string? Code(ToolResult result) =>
        JsonDocument.Parse(result.Error).RootElement.GetProperty("error").GetProperty("code").GetString();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
