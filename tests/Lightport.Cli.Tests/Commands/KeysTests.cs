using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class KeysTests : GatewayTests
{
    private const string One = "/manage/keys/5f0c9a1e77b2d3c4";
    private const string Id = "5f0c9a1e77b2d3c4";

    private const string Other = """
        {"id": "71c4", "name": "team-b", "models": null, "tags": {}, "created_at": null, "expires_at": null,
         "disabled": false, "status": "active", "source": "store", "replaces": null, "replaced_by": null}
        """;

    [Fact]
    public async Task Create_PrintsTheKeyAloneOnStandardOutput()
    {
        Gateway.On("POST /manage/keys", new FakeAnswer(201, Contract.NewKey));

        ToolResult result = (await Tool.RunAsync("keys", "create", "team-a")).Ended(0);

        Assert.Equal("lp-made-once\n", result.Output);
        Assert.Contains("id           5f0c9a1e77b2d3c4", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lp-made-once", result.Error, StringComparison.Ordinal);
        ReceivedCall call = Assert.Single(Gateway.Calls);
        Assert.Equal("""{"name":"team-a"}""", call.Body);
        Assert.Equal("jane@contoso.com", call.Header("x-lightport-author"));
    }

    [Fact]
    public async Task Create_SendsAllThatWasSaid()
    {
        Gateway.On("POST /manage/keys", new FakeAnswer(201, Contract.Key));

        ToolResult result = (await Tool.RunAsync(
            "keys", "create", "team-a", "--models", "gpt-*,fast", "--models", "echo", "--tag", "tier=1", "--tag",
            "where=a=b", "--limit", "requests-per-minute=60", "--limit", "budget=0.5/day", "--limit", "budget=50/ever",
            "--expires", "2027-01-01", "--sha256", "9f86d0")).Ended(0);

        Assert.Equal(
            """
            {"name":"team-a","models":["gpt-*","fast","echo"],"tags":{"tier":"1","where":"a=b"},
            "limits":{"requests_per_minute":60,"budgets":[{"usd":0.5,"per":"day"},{"usd":50,"per":"ever"}]},
            "expires_at":"2027-01-01T00:00:00Z","sha256":"9f86d0"}
            """.ReplaceLineEndings(""),
            Assert.Single(Gateway.Calls).Body);
        Assert.Equal("", result.Output);
        Assert.Contains("known by its hash", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("requests-per-minute")]
    [InlineData("requests-per-minute=-1")]
    [InlineData("budget=5")]
    [InlineData("budget=x/day")]
    public async Task Create_WithALimitThatMakesNoSense_IsToldSo(string limit)
    {
        ToolResult result =
            (await Tool.RunAsync("keys", "create", "team-a", "--limit", limit)).Ended(2);

        Assert.Contains($"'{limit}' is not that", result.Error, StringComparison.Ordinal);
        Assert.Empty(Gateway.Calls);
    }

    [Fact]
    public async Task Create_WithALimitOfAnotherName_IsToldTheNames()
    {
        ToolResult result = (await Tool.RunAsync("keys", "create", "team-a", "--limit", "rpm=5")).Ended(2);

        Assert.Contains(
            "'rpm' is no limit; --limit takes requests-per-minute, tokens-per-minute, concurrent and budget",
            result.Error,
            StringComparison.Ordinal);
        Assert.Empty(Gateway.Calls);
    }

    [Fact]
    public async Task Create_ExpiringInDays_CountsFromNow()
    {
        Gateway.On("POST /manage/keys", new FakeAnswer(201, Contract.NewKey));
        var clock = new ManualTime();
        clock.Advance(TimeSpan.FromHours(1));

        (await InPlace(clock: clock).RunAsync("keys", "create", "team-a", "--expires", "90d")).Ended(0);

        Assert.Equal(
            """{"name":"team-a","expires_at":"1970-04-01T01:00:00Z"}""", Assert.Single(Gateway.Calls).Body);
    }

    [Fact]
    public async Task Create_ForScripts_PrintsTheAnswerAsItCame()
    {
        Gateway.On("POST /manage/keys", new FakeAnswer(201, Contract.NewKey));

        ToolResult result = (await Tool.RunAsync("keys", "create", "team-a", "--json")).Ended(0);

        Assert.Equal(Contract.NewKey + "\n", result.Output);
        Assert.Equal("", result.Error);
    }

    [Theory]
    [InlineData("--expires", "soon")]
    [InlineData("--tag", "tier")]
    [InlineData("--models", ",")]
    public async Task Create_WithNonsense_EndsWith2BeforeItAsks(string option, string value)
    {
        (await Tool.RunAsync("keys", "create", "team-a", option, value)).Ended(2);

        Assert.Empty(Gateway.Calls);
    }

    [Fact]
    public async Task List_FollowsThePagesIntoOneTable()
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}], "next": "5f0c9a1e77b2d3c4"}""")
            .On(
                "GET /manage/keys?limit=1000&after=5f0c9a1e77b2d3c4",
                """
                {"keys": [{"id": "71", "name": "team-b", "models": null, "tags": {}, "created_at": null,
                           "expires_at": "2027-01-01T00:00:00Z", "disabled": true, "status": "disabled",
                           "source": "configuration", "replaces": null, "replaced_by": null}], "next": null}
                """);

        ToolResult result = (await Tool.RunAsync("keys", "list")).Ended(0);

        Assert.Equal(
            """
            id                name    status    models       tags    expires               source
            5f0c9a1e77b2d3c4  team-a  active    gpt-*, fast  tier=1  -                     store
            71                team-b  disabled  all                  2027-01-01 00:00:00Z  configuration

            """,
            result.Output);
    }

    [Fact]
    public async Task List_OfOnePageForScripts_IsTheAnswerAsItCame()
    {
        string page = $$"""{"keys": [{{Contract.Key}}], "next": null}""";
        Gateway.On("GET /manage/keys?limit=1000", page);

        ToolResult result = (await Tool.RunAsync("keys", "list", "--json")).Ended(0);

        Assert.Equal(page + "\n", result.Output);
    }

    [Fact]
    public async Task List_OfPagesForScripts_IsOneDocument()
    {
        Gateway.On("GET /manage/keys?limit=1000", """{"keys": [{"id": "a", "new": 1}], "next": "a"}""")
            .On("GET /manage/keys?limit=1000&after=a", """{"keys": [{"id": "b"}], "next": null}""");

        ToolResult result = (await Tool.RunAsync("keys", "list", "--json")).Ended(0);

        Assert.Equal("""{"keys":[{"id":"a","new":1},{"id":"b"}],"next":null}""" + "\n", result.Output);
    }

    [Fact]
    public async Task List_OfPagesInACircle_Ends()
    {
        Gateway.On("GET /manage/keys?limit=1000", """{"keys": [], "next": "a"}""")
            .On("GET /manage/keys?limit=1000&after=a", """{"keys": [], "next": "a"}""");

        ToolResult result = (await Tool.RunAsync("keys", "list")).Ended(4);

        Assert.Contains("lead back to where they were", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_TellsAllOfAKey()
    {
        Gateway.On($"GET {One}", Contract.Key);

        ToolResult result = (await Tool.RunAsync("keys", "show", Id)).Ended(0);

        Assert.Equal(
            """
            id           5f0c9a1e77b2d3c4
            name         team-a
            status       active
            models       gpt-*, fast
            tags         tier=1
            created      2026-11-21 08:15:30Z
            expires      -
            source       store

            """,
            result.Output);
    }

    [Theory]
    [InlineData("team-a")]
    [InlineData("5f0")]
    public async Task Show_ByNameOrTheBeginningOfAnId_FindsTheKey(string handle)
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}, {{Other}}], "next": null}""")
            .On($"GET {One}", Contract.Key);

        ToolResult result = (await Tool.RunAsync("keys", "show", handle)).Ended(0);

        Assert.StartsWith($"id           {Id}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disable_ByAName_ReachesThatKey()
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}, {{Other}}], "next": null}""")
            .On($"PATCH {One}", Contract.Key);

        (await Tool.RunAsync("keys", "disable", "team-a")).Ended(0);

        Assert.Equal($"PATCH {One}", Gateway.Calls[^1].Line);
    }

    [Fact]
    public async Task Delete_BySeveralKeysName_RemovesNoneAndListsThem()
    {
        string twin = Contract.Key.Replace(Id, "5f77777777777777", StringComparison.Ordinal);
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}, {{twin}}], "next": null}""");

        ToolResult result = (await Tool.RunAsync("keys", "delete", "team-a", "--yes")).Ended(2);

        Assert.Single(Gateway.Calls);
        Assert.Contains($"{Id} (team-a, active), 5f77777777777777", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfNoKey_SaysHowToFindOne()
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}], "next": null}""");

        ToolResult result = (await Tool.RunAsync("keys", "show", "../config")).Ended(1);

        Assert.Single(Gateway.Calls);
        Assert.Contains("lightport keys list", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OnANarrowScreen_KeepsIdsWhole()
    {
        Gateway.On("GET /manage/keys?limit=1000", $$"""{"keys": [{{Contract.Key}}], "next": null}""");

        ToolResult result = (await InPlace(width: 40).RunAsync("keys", "list", "--no-color")).Ended(0);

        Assert.Contains(Id, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_SendsOnlyWhatWasSaid()
    {
        Gateway.On($"PATCH {One}", Contract.Key);

        ToolResult result = (await Tool.RunAsync(
            "keys", "update", Id, "--name", "team-z", "--any-model", "--no-tags", "--expires", "never")).Ended(0);

        Assert.Equal(
            """{"expires_at":null,"models":null,"tags":null,"name":"team-z"}""", Assert.Single(Gateway.Calls).Body);
        Assert.Contains("status       active", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--models", "a", "--any-model")]
    [InlineData("--tag", "a=b", "--no-tags")]
    public async Task Update_OfNothingOrBothWays_EndsWith2BeforeItAsks(params string[] options)
    {
        (await Tool.RunAsync(["keys", "update", Id, .. options])).Ended(2);

        Assert.Empty(Gateway.Calls);
    }

    [Theory]
    [InlineData("disable", """{"disabled":true}""")]
    [InlineData("enable", """{"disabled":false}""")]
    public async Task Switch_ChangesThatAlone(string verb, string body)
    {
        Gateway.On($"PATCH {One}", Contract.Key);

        ToolResult result = (await Tool.RunAsync("keys", verb, Id)).Ended(0);

        Assert.Equal(body, Assert.Single(Gateway.Calls).Body);
        Assert.Contains("(team-a) is active", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"grace":"24h"}""", "--grace", "24h")]
    [InlineData("""{"grace":"168h"}""", "--grace", "7d")]
    public async Task Rotate_PrintsTheNewKeyAlone(string body, params string[] options)
    {
        Gateway.On($"POST {One}/rotate", new FakeAnswer(201, Contract.NewKey));

        ToolResult result = (await Tool.RunAsync(["keys", "rotate", Id, .. options])).Ended(0);

        Assert.Equal("lp-made-once\n", result.Output);
        Assert.Equal(body, Assert.Single(Gateway.Calls).Body);
    }

    [Fact]
    public async Task Delete_WithYes_IsDone()
    {
        Gateway.On($"DELETE {One}", new FakeAnswer(204, ""));

        ToolResult result = (await Tool.RunAsync("keys", "delete", Id, "--yes")).Ended(0);

        Assert.Equal("", result.Output);
        Assert.Contains($"Key {Id} is removed", result.Error, StringComparison.Ordinal);
        Assert.Equal("jane@contoso.com", Assert.Single(Gateway.Calls).Header("x-lightport-author"));
    }

    [Fact]
    public async Task Delete_WithoutAPersonOrYes_IsNot()
    {
        (await Tool.RunAsync("keys", "delete", Id)).Ended(2);

        Assert.Empty(Gateway.Calls);
    }
}
