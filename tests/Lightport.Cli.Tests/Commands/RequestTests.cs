using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class RequestTests : GatewayTests
{
    private const string Id = "req_1f2e3d4c5b6a79880000000000ab";

    [Fact]
    public async Task Request_IsShownAndForScriptsAsItCame()
    {
        Gateway.On($"GET /manage/requests/{Id}", Contract.Receipt);

        ToolResult shown = (await Tool.RunAsync("request", Id)).Ended(0);
        ToolResult raw = (await Tool.RunAsync("request", Id, "--json")).Ended(0);

        Assert.Equal(Contract.Receipt + "\n", raw.Output);
        Assert.Contains("key          team-a (5f0c9a1e77b2d3c4) team=growth", shown.Output, StringComparison.Ordinal);
        Assert.Contains("passed over  groq/llama-3.3-70b: It takes no audio.", shown.Output, StringComparison.Ordinal);
        Assert.Contains("upstream, 503", shown.Output, StringComparison.Ordinal);
        Assert.Contains("250.5 ms", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatIsNotThere_EndsWith1()
    {
        Gateway.On(
            $"GET /manage/requests/{Id}",
            new FakeAnswer(404, Contract.Error("There is no receipt of that id.", "request_not_found")));

        ToolResult result = await Tool.RunAsync("request", Id);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("There is no receipt of that id.", result.Error, StringComparison.Ordinal);
    }
}
