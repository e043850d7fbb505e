using Lightport.Cli.Tests.Running;

namespace Lightport.Cli.Tests.Commands;

public sealed class ExplainTests : GatewayTests
{
    private const string Id = "5f0c9a1e77b2d3c4";

    [Fact]
    public async Task Explain_OfAModelAndAPrompt_ShowsRouteAndTargets()
    {
        Gateway.On("POST /manage/explain", Contract.Explanation);

        ToolResult result = (await Tool.RunAsync("explain", "--model", "fast", "--prompt", "Where am I?")).Ended(0);

        string[] lines = result.Output.Split('\n');
        Assert.Equal(
            """
            model      fast
            endpoint   /v1/chat/completions
            route      fast
            selection  weighted by session
            retry      attempts 2
            timeout    connect 5s, first_byte 2m, whole_answer 10m, idle 2m, total 15m
            fallback   on context-length: openai/gpt-4.1
            breaker    failures 5, window 30s, open 30s
            wishes     provider.ignore
            """,
            string.Join('\n', lines[..9]));
        Assert.Matches("^# +rule +result$", lines[9]);
        Assert.Matches("^1 +night +not-matched$", lines[10]);
        Assert.Matches("^# +target +account +role +why$", lines[11]);
        Assert.Matches("^1 +groq/llama-3.3-70b +own +weight 95$", lines[12]);
        Assert.Matches("^# +call +dialect +mode +url +secret +dropped +error$", lines[13]);
        Assert.Matches(
            "^1 +groq/llama-3.3-70b +openai-chat +passthrough +https://api.groq.com/[^ ]+ +GROQ_API_KEY$", lines[14]);
        Assert.Matches("^passed over +account +reason$", lines[15]);
        Assert.Matches("^openai/gpt-4o .*not asked +It takes no audio.$", lines[16]);
        Assert.Equal(
            """{"model":"fast","messages":[{"role":"user","content":"Where am I?"}]}""",
            Assert.Single(Gateway.Calls).Body);
    }

    [Fact]
    public async Task Explain_OfClaims_SendsThemAsAHeader()
    {
        Gateway.On("POST /manage/explain", Contract.Explanation);

        (await Tool.RunAsync("explain", "--model", "fast", "--claims", """
            { "sub": "s-1",
              "name": "Zoë" }
            """)).Ended(0);

        Assert.Equal(
            """{"sub":"s-1","name":"Zo\u00EB"}""", Assert.Single(Gateway.Calls).Headers["x-lightport-claims"]);
    }

    [Fact]
    public async Task Explain_OfClaimsThatAreNoJson_IsWrongUse()
    {
        ToolResult result = await Tool.RunAsync("explain", "--model", "fast", "--claims", "{sub}");

        result.Ended(2);
        Assert.Contains("What --claims gives is no JSON object.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfContextAndTools_ShowsATableOfEach()
    {
        Gateway.On("POST /manage/explain", """
            {"model": "m", "context": [
               {"name": "style", "place": "system", "asked": true, "problem": null},
               {"name": "city", "place": "turn", "asked": false, "problem": "no address comes of its expressions"}],
             "tools": [
               {"server": "docs", "wanted_by": "route", "run_by": "gateway", "listed": true, "problem": null, "tools": [
                 {"name": "find", "tool": "find", "offered": true, "approval": false},
                 {"name": "docs__drop", "tool": "drop", "offered": true, "approval": true},
                 {"name": "far", "tool": "far", "offered": true, "approval": false, "deferred": true},
                 {"name": "odd", "tool": "odd", "offered": false, "approval": false}], "held_back": ["get"]},
               {"server": "crm", "wanted_by": "route", "run_by": "gateway", "listed": false, "problem": null, "tools": [], "held_back": []},
               {"server": "own", "wanted_by": "request", "run_by": "provider", "listed": false, "problem": null, "tools": [], "held_back": []}]}
            """);

        ToolResult result = (await Tool.RunAsync("explain", "--model", "m")).Ended(0);

        Assert.EndsWith(
            """
            context  place   asked
            style    system  yes
            city     turn    no address comes of its expressions
            tool        server  wanted by  state
            find        docs    route      offered
            docs__drop  docs    route      each call must be approved
            far         docs    route      shown once a search finds it
            odd         docs    route      left out: others answer the prompt better
            get         docs    route      held back: it has changed since it was approved
                        crm     route      its tools are not known yet
                        own     request    passed on to a provider that calls it itself

            """,
            result.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfAHardBudget_SaysWhereItRefusesWhateverIsLeft()
    {
        Gateway.On("POST /manage/explain", """
            {"model": "m", "limits": [{"limit": "house", "subject": "all", "measure": "usd-per-day", "most": 5, "left": 4.5,
              "then": "refuse", "unbounded": ["own/x: what own/x costs is not known"]}]}
            """);

        ToolResult result = (await Tool.RunAsync("explain", "--model", "m")).Ended(0);

        Assert.Contains("house of all: 4.5 of 5 usd-per-day left, then refuse\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(
            " refused whatever is left: own/x: what own/x costs is not known\n", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "shadow     groq/y, 2.5% copied\n")]
    [InlineData(
        "\"It has a tool that the provider runs.\"",
        "shadow     groq/y, never for this one: It has a tool that the provider runs.\n")]
    public async Task Explain_OfAShadow_SaysWhereCopiesGo(string problem, string line)
    {
        Gateway.On(
            "POST /manage/explain",
            $$$"""{"model": "m", "shadow": {"target": "groq/y", "share": 0.025, "problem": {{{problem}}}}}""");

        ToolResult result = (await Tool.RunAsync("explain", "--model", "m")).Ended(0);

        Assert.Contains(line, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfARequest_SendsItAsItIsToTheDoorThatIsNamed()
    {
        Gateway.On("POST /manage/explain?path=%2Fv1%2Fmessages&key=5f0c9a1e77b2d3c4", Contract.Explanation);

        ToolResult result = (await Tool.RunWithInputAsync(
            """{"model" : "fast" }""", "explain", "-", "--path", "/v1/messages", "--key", Id, "--json")).Ended(0);

        Assert.Equal(Contract.Explanation + "\n", result.Output);
        Assert.Equal("""{"model" : "fast" }""", Assert.Single(Gateway.Calls).Body);
    }

    [Theory]
    [InlineData("messages", """{"model":"m","max_tokens":1024,"messages":[{"role":"user","content":"Hello!"}]}""")]
    [InlineData("completions", """{"model":"m","prompt":"Hello!"}""")]
    [InlineData("embeddings", """{"model":"m","input":"Hello!"}""")]
    public async Task Explain_OfAModelAtAnotherDoor_SendsWhatItsDialectDemands(string door, string body)
    {
        Gateway.On($"POST /manage/explain?path=%2Fv1%2F{door}", Contract.Explanation);

        (await Tool.RunAsync("explain", "--model", "m", "--path", $"/v1/{door}")).Ended(0);

        Assert.Equal(body, Assert.Single(Gateway.Calls).Body);
    }

    [Theory]
    [InlineData]
    [InlineData("-", "--model", "fast")]
    [InlineData("--prompt", "Hello!")]
    public async Task Explain_OfNothingOrTwoThings_EndsWith2(params string[] arguments)
    {
        (await Tool.RunAsync(["explain", .. arguments])).Ended(2);

        Assert.Empty(Gateway.Calls);
    }

    [Fact]
    public async Task Explain_OfAModelThatTheKeyMayNotAskFor_EndsWith3()
    {
        string error = Contract.Error("Not this model.", "model_not_allowed");
        Gateway.On($"POST /manage/explain?key={Id}", new FakeAnswer(403, error));

        ToolResult result = (await Tool.RunAsync("explain", "--model", "fast", "--key", Id)).Ended(3);

        Assert.Contains("error: Not this model.", result.Error, StringComparison.Ordinal);
    }
}
