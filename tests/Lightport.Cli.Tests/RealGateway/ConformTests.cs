using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.RealGateway;

/// <summary>The suite as a command, against the real Server.</summary>
public sealed class ConformTests
{
    private readonly ToolProcess _tool = new();
    private readonly string _port = FreePort();

    [Fact]
    public async Task Gateway_ThatIsToldOfTheProviders_Conforms()
    {
        string yaml = (await _tool.RunAsync("conform", "--print", "yaml", "--port", _port)).Ended(0).Output;
        await using ServerProcess server = await ServerProcess.StartAsync(null, yaml);

        ToolResult json = (await _tool.RunAsync("conform", server.Address, "--port", _port, "--json")).Ended(0);

        JsonElement matrix = JsonElement.Parse(json.Output);
        Assert.True(matrix.GetProperty("conforming").GetBoolean());
        Assert.Equal(
            matrix.GetProperty("cells").GetArrayLength(),
            matrix.GetProperty("summary").EnumerateObject().Sum(outcome => outcome.Value.GetInt32()));
    }

    [Fact]
    public async Task Gateway_ThatKnowsNoneOfTheModels_FailsAndSaysWhy()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(null, "models: { other: echo/echo }");

        ToolResult shown = (await _tool.RunAsync("conform", server.Address, "--port", _port)).Ended(1);

        Assert.Contains(
            "openai-chat → openai-chat, text, whole: answered 404: ", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateway_ThatIsNotThere_EndsWith4()
    {
        ToolResult result = await _tool.RunAsync("conform", $"http://127.0.0.1:{FreePort()}", "--port", _port);

        Assert.Contains(" cannot be reached: ", result.Ended(4).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Port_ThatIsTaken_EndsWith2()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        string taken = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        ToolResult result = await _tool.RunAsync("conform", "http://127.0.0.1:1", "--port", taken);

        Assert.Contains("--port names another", result.Ended(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_ForAnyGateway_ArePrintedAsJson()
    {
        string json = (await _tool.RunAsync("conform", "--print", "json")).Ended(0).Output;

        JsonElement first = JsonElement.Parse(json)[0];
        Assert.Equal("conform-openai-chat", first.GetProperty("model").GetString());
        Assert.Equal("http://127.0.0.1:7079/openai-chat/v1", first.GetProperty("base_url").GetString());
    }

    private static string FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
    }
}
