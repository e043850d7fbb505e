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
    public async Task Request_WithRunsLimitsAndWhatWasLeftOut_TellsThemInWords()
    {
        Gateway.On($"GET /manage/requests/{Id}", """
            {"id": "req_1", "status": 200, "cost_usd": 0.0206, "tool_runs": 2, "tool_cost_usd": 0.02,
             "left_out": [
               {"name": "mcp.servers.gone", "reason": "unreachable"},
               {"name": "context.slow", "reason": "timeout"}],
             "limits": [
               {"limit": "key", "subject": "key:1f2e", "outcome": "held", "unit": "nano_usd",
                "asked": 165777000, "used": null},
               {"limit": "house", "subject": "all", "outcome": "held", "unit": "tokens", "asked": 1200, "used": 49},
               {"limit": "rate", "subject": "all", "outcome": "refused", "unit": "requests", "asked": 1, "used": null},
               {"limit": "old", "subject": "all", "outcome": "held", "asked": 7, "used": 7}]}
            """);

        ToolResult result = (await Tool.RunAsync("request", Id)).Ended(0);

        Assert.EndsWith(
            """
            cost         $0.0206
            tools        2 runs, $0.02
            left out     mcp.servers.gone: unreachable
            left out     context.slow: timeout
            limit        key of key:1f2e: held, asked for $0.165777
            limit        house of all: held, asked for 1,200 tokens, used 49 tokens
            limit        rate of all: refused, asked for 1 request
            limit        old of all: held, asked for 7, used 7

            """,
            result.Output,
            StringComparison.Ordinal);
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
