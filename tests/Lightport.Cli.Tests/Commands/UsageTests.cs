using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class UsageTests : GatewayTests
{
    [Fact]
    public async Task Usage_IsATableWithTotals()
    {
        Gateway.On("GET /manage/usage", """
            {"from": "2026-11-01", "to": "2026-11-21", "by": ["key", "model"],
             "rows": [{"key_id": "5f", "key": "team-a", "model": "openai/gpt-4o-mini", "requests": 1120, "errors": 1,
                       "estimated": 0, "input": 48211, "cache_read": 0, "output": 9120, "reasoning": 0},
                      {"key_id": "-", "key": null, "model": "echo/echo", "requests": 2, "errors": 0, "estimated": 0,
                       "input": 3, "cache_read": 1000000, "output": 3, "reasoning": 0}],
             "total": {"requests": 1122, "errors": 1, "input": 48214, "cache_read": 1000000, "output": 9123}}
            """);

        ToolResult result = (await Tool.RunAsync("usage")).Ended(0);

        Assert.Equal(
            """
            key     model               requests   input  output  errors  cache read
            team-a  openai/gpt-4o-mini     1,120  48,211   9,120       1           0
            -       echo/echo                  2       3       3       0   1,000,000
            total                          1,122  48,214   9,123       1   1,000,000

            """,
            result.Output);
        Assert.Equal("2026-11-01 to 2026-11-21, UTC\n", result.Error);
    }

    [Fact]
    public async Task Usage_OfTheContract_IsShownAndForScriptsAsItCame()
    {
        Gateway.On("GET /manage/usage?from=2026-11-01&to=2026-11-21&key=5f0c9a1e77b2d3c4&by=key%2Cmodel", Contract.Usage);
        string[] arguments =
            ["usage", "--from", "2026-11-01", "--to", "2026-11-21", "--key", "5f0c9a1e77b2d3c4", "--by", "key,model"];

        ToolResult shown = (await Tool.RunAsync(arguments)).Ended(0);
        ToolResult raw = (await Tool.RunAsync([.. arguments, "--json"])).Ended(0);

        Assert.Contains("team-a  openai/gpt-4o-mini       120  48,211   9,120", shown.Output, StringComparison.Ordinal);
        Assert.Equal(Contract.Usage + "\n", raw.Output);
    }

    [Fact]
    public async Task Usage_OfAKeyByItsName_IsAskedForByItsId()
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}], "next": null}""")
            .On("GET /manage/usage?key=5f0c9a1e77b2d3c4", Contract.Usage);

        (await Tool.RunAsync("usage", "--key", "team-a")).Ended(0);
    }

    [Fact]
    public async Task Usage_ByWhatCosts_HasItsMoney_AndOnAScreenABar()
    {
        Gateway.On("GET /manage/usage?by=tag.team&provider=openai&key-tag=tier%3Afree", """
            {"from": "2026-11-01", "to": "2026-11-21", "by": ["tag.team"],
             "rows": [{"key_tags": {"team": "a"}, "requests": 10, "input": 5, "output": 6, "cost_usd": 1200.5, "unpriced": 0},
                      {"key_tags": {"team": "b"}, "requests": 3, "input": 5, "output": 6, "cost_usd": 0.000123, "unpriced": 2}],
             "total": {"requests": 13, "input": 10, "output": 12, "cost_usd": 1200.500123, "unpriced": 2}, "next": null}
            """);
        string[] arguments = ["usage", "--by", "tag.team", "--provider", "openai", "--key-tag", "tier:free"];

        ToolResult piped = (await Tool.RunAsync(arguments)).Ended(0);

        Assert.Equal(
            """
            tag.team  requests  input  output    cost $  unpriced
            a               10      5       6  1,200.50         0
            b                3      5       6  0.000123         2
            total           13     10      12  1,200.50         2

            """,
            piped.Output);
        Assert.Contains("2 used what has no known price", piped.Error, StringComparison.Ordinal);

        ToolResult screen = (await InPlace().RunAsync([.. arguments, "--no-color"])).Ended(0);
        Assert.Contains("████████████████████", screen.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_AsCsv_IsAsTheGatewayWroteIt()
    {
        Gateway.On("GET /manage/usage?from=2026-11-21T08", "key_id,key,requests\r\n5f,team-a,3\r\n");

        ToolResult result = (await Tool.RunAsync("usage", "--from", "2026-11-21T08", "--csv")).Ended(0);

        Assert.Equal("key_id,key,requests\r\n5f,team-a,3\r\n", result.Output);
        Assert.Equal("text/csv", Assert.Single(Gateway.Calls).Header("accept"));
        (await Tool.RunAsync("usage", "--csv", "--json")).Ended(2);
    }

    [Fact]
    public async Task Usage_OfNoDay_EndsWith2()
    {
        (await Tool.RunAsync("usage", "--from", "yesterday")).Ended(2);

        Assert.Empty(Gateway.Calls);
    }
}
