using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class PricesTests : GatewayTests
{
    [Fact]
    public async Task Prices_AreATableOfEachWayToBeServed()
    {
        Gateway.On("GET /manage/prices?model=m&at=2026-11-30", """
            {"at": "2026-11-30", "prices": [
             {"provider": "openai", "model": "gpt-5", "region": null, "from": "genai-prices 2026-11-18", "since": "2026-09-01",
              "standard": {"rates": {"input": 1.25, "cache-read": 0.125, "output": 10, "search": 0.01},
                           "tiers": [{"above": 200000, "rates": {"input": 2.5, "output": 15}}]},
              "services": {"flex": {"rates": {"input": 0.625, "cache-read": 0.0625, "output": 5}, "tiers": []}}},
             {"provider": "lab", "model": "own", "region": null, "from": null, "since": null, "standard": null, "services": {}}]}
            """);

        ToolResult result = (await Tool.RunAsync("prices", "--model", "m", "--at", "2026-11-30")).Ended(0);

        Assert.Equal(
            """
            target        service      input  cache-read   output  other        from                     since
            openai/gpt-5                1.25       0.125       10  search 0.01  genai-prices 2026-11-18  2026-09-01
            openai/gpt-5  > 200,000      2.5     unknown       15               genai-prices 2026-11-18  2026-09-01
            openai/gpt-5  flex         0.625      0.0625        5               genai-prices 2026-11-18  2026-09-01
            lab/own                  unknown     unknown  unknown

            """,
            result.Output);
    }
}
