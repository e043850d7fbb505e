using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

public sealed class ManagementDeskTests
{
    public static TheoryData<string> Names => [.. ManagementEndpoints.All.Select(endpoint => endpoint.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task EveryDoor_WithoutTheAdminKey_IsTheSame401(string name)
    {
        using var gateway = new ManagedGateway();
        GatewayEndpoint door = ManagementEndpoints.All.Single(endpoint => endpoint.Name == name);
        string client = (string)(await gateway.CreateKeyAsync("""{"name":"a-client"}"""))["key"]!;

        string expected = (await gateway.ChatAsync("wrong")).Text;
        foreach (string? key in (string?[])[null, "wrong", client, ManagedGateway.AdminKey[..^1]])
        {
            ClientCall call = await gateway.SendAsync(door, "{}", id: "0123456789abcdef", key: key);
            Assert.Equal((401, expected), (call.Status, call.Text));
        }
    }

    [Fact]
    public async Task EveryCall_LeavesOneLineThatSaysWhoAndWhat()
    {
        using var gateway = new ManagedGateway();
        string version = await gateway.ApplyAsync("models: { a: echo/x }");
        await gateway.SendAsync(ManagementEndpoints.Keys, headers: ("x-lightport-author", "jane"));
        await gateway.SendAsync(ManagementEndpoints.Keys, key: "canary-wrong-key");

        Assert.Equal(
            [
                $"ManageConfigApply by admin: 200, changed {version}",
                "ManageKeys by jane: 200, changed nothing",
                "ManageKeys refused: 401 invalid_api_key",
            ],
            gateway.Log.Lines.Where(line => line.EventId is 301 or 302).Select(line => line.Text.Split(' ', 2)[1]));
        Assert.DoesNotContain(gateway.Log.Lines, line => line.Text.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AuthorThatIsTooLong_Is400AndChangesNothing()
    {
        using var gateway = new ManagedGateway();
        ClientCall call = await gateway.SendAsync(
            ManagementEndpoints.ConfigApply, "direct: off", headers: ("x-lightport-author", new string('j', 101)));

        Assert.Equal(400, call.Status);
        Assert.False(File.Exists(gateway.Document));
    }

    [Fact]
    public async Task NoAdminKey_ManagementIsOff()
    {
        using var gateway = new ManagedGateway(adminKey: null);
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.Keys, key: null);

        Assert.Equal((503, "management_not_configured"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task NoStoresAndNoFilesOfItsOwn_NothingIsWritten_AndItSaysWhatToSet()
    {
        using var gateway = new ManagedGateway(document: "models: { a: echo/x }", ownsFiles: false);
        foreach ((GatewayEndpoint door, string body) in ((GatewayEndpoint, string)[])
            [
                (ManagementEndpoints.ConfigApply, "direct: off"),
                (ManagementEndpoints.KeyCreate, """{"name":"a"}"""),
                (ManagementEndpoints.Usage, ""),
            ])
        {
            ClientCall call = await gateway.SendAsync(door, body);
            Assert.Equal((409, "read_only"), (call.Status, call.Error("code")));
            Assert.Contains("Tables:Uri", call.Error("message"), StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Path.Combine(gateway.Folder.FullName, "data")));
        Assert.Equal(200, (await gateway.SendAsync(ManagementEndpoints.Keys)).Status);
    }

    [Fact]
    public async Task AdminKey_OpensNoClientDoor()
    {
        using var gateway = new ManagedGateway();

        Assert.Equal(401, (await gateway.ChatAsync(ManagedGateway.AdminKey)).Status);
    }

    [Fact]
    public async Task ManagedGateway_AsksForKeysWithoutAWordOfIt()
    {
        using var gateway = new ManagedGateway();

        Assert.Equal(401, (await gateway.ChatAsync(null)).Status);
    }

    [Fact]
    public async Task Usage_SumsByWhatIsAsked()
    {
        using var gateway = new ManagedGateway();
        JsonObject a = await gateway.CreateKeyAsync("""{"name":"team-a"}""");
        JsonObject b = await gateway.CreateKeyAsync("""{"name":"team-b"}""");
        await gateway.ChatAsync((string)a["key"]!);
        await gateway.ChatAsync((string)a["key"]!, "nothing");
        await gateway.ChatAsync((string)b["key"]!);
        gateway.Clock.Advance(TimeSpan.FromDays(1));
        await gateway.ChatAsync((string)b["key"]!);

        JsonObject all = (await gateway.SendAsync(ManagementEndpoints.Usage)).Json;
        JsonObject days = (await gateway.SendAsync(ManagementEndpoints.Usage, query: "?by=day")).Json;
        JsonObject one = (await gateway.SendAsync(
            ManagementEndpoints.Usage, query: $"?key={b["id"]}&from=1970-01-02&to=1970-01-02&by=key,hour")).Json;

        Assert.Equal((4, 1), ((int)all["total"]!["requests"]!, (int)all["total"]!["errors"]!));
        Assert.Equal(
            ["team-a - 1", "team-a echo/echo 1", "team-b echo/echo 2"],
            all["rows"]!.AsArray().Select(row => $"{row!["key"]} {row["model"]} {row["requests"]}").Order());
        Assert.True((long)all["total"]!["output"]! > 0);
        Assert.Equal(
            ["1970-01-01 3", "1970-01-02 1"],
            days["rows"]!.AsArray().Select(row => $"{row!["day"]} {row["requests"]}"));
        Assert.Equal(
            ["team-b 1970-01-02T00:00:00Z 1"],
            one["rows"]!.AsArray().Select(row => $"{row!["key"]} {row["hour"]} {row["requests"]}"));
    }

    [Theory]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?from=2026-02-01&to=2026-01-01", "from")]
    [InlineData("?from=2024-01-01&to=2026-01-01", "from")]
    [InlineData("?by=colour", "by")]
    [InlineData("?key=team-a", "key")]
    public async Task Usage_QuestionThatIsNone_Is400ThatNamesIt(string query, string field)
    {
        using var gateway = new ManagedGateway();
        ClientCall call = await gateway.SendAsync(ManagementEndpoints.Usage, query: query);

        Assert.Equal((400, field), (call.Status, call.Error("param")));
    }

    [Fact]
    public async Task Explain_TellsWhereARequestWouldGo_SendsNothingAndShowsNoContent()
    {
        using var gateway = new ManagedGateway(document: """
            providers: { openai: {}, anthropic: {} }
            models:
              both:
                targets: [openai/gpt-4o, { to: anthropic/claude-sonnet-4-5, label: canary }]
                timeout: { first-byte: 90s }
            """);
        ClientCall call = await gateway.SendAsync(
            ManagementEndpoints.Explain,
            """{"model":"both","stream":true,"logit_bias":{"1":5},"messages":[{"role":"user","content":"canary-prompt"}]}""");

        Assert.Equal(
            """
            {"model":"both","endpoint":"/v1/chat/completions","stream":true,"route":"both","rule":null,"rules":[],"tag":null,"denied":null,"selection":"ordered","by":null,"key":null,"retry":{"attempts":2},"timeout":{"connect":"5s","first_byte":"90s","whole_answer":"10m","idle":"2m","total":"15m"},"fallback_on":{},"hedge":null,"breaker":{"failures":5,"window":"30s","open":"30s","ratio":null,"minimum":null},"preferences":[],"targets":[{"provider":"openai","model":"gpt-4o","account":null,"label":null,"role":"own","why":null,"away":null,"dialect":"openai-chat","mode":"passthrough","url":"https://api.openai.com/v1/chat/completions","secret":"OPENAI_API_KEY","dropped":[],"error":null},{"provider":"anthropic","model":"claude-sonnet-4-5","account":null,"label":"canary","role":"own","why":null,"away":null,"dialect":"anthropic-messages","mode":"translated","url":"https://api.anthropic.com/v1/messages","secret":"ANTHROPIC_API_KEY","dropped":["logit_bias"],"error":null}],"passed_over":[]}
            """,
            call.Text);
        Assert.Empty(gateway.Upstream.Seen);
        Assert.DoesNotContain("canary-pro", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "slow", "route", null)]
    [InlineData("canary-word", null, "guard", "Not this.")]
    public async Task Explain_TellsWhichRulesWereTriedAndWhatCameOfEach(
        string prompt, string? route, string rule, string? denied)
    {
        using var gateway = new ManagedGateway(document: """
            models: { fast: echo/a, slow: echo/b }
            rules:
              - { name: header, when: "headers['x-team'] == 'red'", tag: red, on-error: next }
              - { name: guard, when: "prompt.contains('canary-word')", deny: Not this., on-error: deny }
              - { name: route, when: "request.model == 'fast'", route: slow, tag: moved }
            """);
        ClientCall call = await gateway.SendAsync(
            ManagementEndpoints.Explain,
            $$"""{"model":"fast","messages":[{"role":"user","content":"{{prompt}}"}]}""");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal((route, rule, denied), (
            (string?)call.Json["route"], (string?)call.Json["rule"], (string?)call.Json["denied"]));
        Assert.StartsWith(
            """[{"name":"header","result":"failed"},{"name":"guard","result":""",
            call.Json["rules"]!.ToJsonString(),
            StringComparison.Ordinal);
        Assert.EndsWith(
            $$"""{"name":"{{rule}}","result":"matched"}]""", call.Json["rules"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("canary-word", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfAKey_KeepsToItsModels()
    {
        using var gateway = new ManagedGateway(document: "models: { fast: echo/a, slow: echo/b }");
        string id = (string)(await gateway.CreateKeyAsync("""{"name":"a","models":["fast"]}"""))["id"]!;
        const string Body = """{"model":"slow","max_tokens":5,"messages":[{"role":"user","content":"x"}]}""";

        Assert.Equal(200, (await gateway.SendAsync(ManagementEndpoints.Explain, Body, "?path=/v1/messages")).Status);
        Assert.Equal(403, (await gateway.SendAsync(ManagementEndpoints.Explain, Body, $"?key={id}")).Status);
        Assert.Equal(404, (await gateway.SendAsync(ManagementEndpoints.Explain, Body, "?key=0123456789abcdef")).Status);
        Assert.Equal(400, (await gateway.SendAsync(ManagementEndpoints.Explain, Body, "?path=/v1/nothing")).Status);
        Assert.Equal(400, (await gateway.SendAsync(ManagementEndpoints.Explain, "{}")).Status);
    }

    [Fact]
    public async Task Health_TellsWhatIsWrong_AndTheOpenDoorOnlyThatSomethingIs()
    {
        using var gateway = new ManagedGateway(document: "models: { fast: echo/a }");
        JsonObject good = (await gateway.SendAsync(ManagementEndpoints.Health)).Json;
        Directory.CreateDirectory(Path.Combine(gateway.Folder.FullName, "data"));
        File.WriteAllText(Path.Combine(gateway.Folder.FullName, "data", "keys.json"), "{oops");
        ClientCall refused = await gateway.ChatAsync("lp-some-key");
        JsonObject bad = (await gateway.SendAsync(ManagementEndpoints.Health)).Json;
        ClientCall open = await gateway.SendAsync(GatewayEndpoints.Health, key: null);

        Assert.Equal(("ok", "ok"), ((string)good["status"]!, (string)good["keys"]!["store"]!));
        Assert.Equal(2, (int)good["configuration"]!["models"]!);
        Assert.Equal((503, "store_unavailable"), (refused.Status, refused.Error("code")));
        Assert.Equal("degraded", (string)bad["status"]!);
        Assert.Contains("keys.json", (string)bad["keys"]!["store"]!, StringComparison.Ordinal);
        Assert.Equal((200, "degraded"), (open.Status, (string)open.Json["status"]!));
        Assert.DoesNotContain("keys.json", open.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_TellsOfTheTargetsThatWereAsked()
    {
        using var gateway = new ManagedGateway(document: "models: { fast: echo/a }");
        Assert.Empty((await gateway.SendAsync(ManagementEndpoints.Health)).Json["targets"]!.AsArray());
        string key = (string)(await gateway.CreateKeyAsync("""{"name":"a"}"""))["key"]!;
        Assert.Equal(200, (await gateway.ChatAsync(key, "fast")).Status);

        Assert.Equal(
            """[{"provider":"echo","model":"a","account":null,"in_flight":0,"first_content_ms":null,"whole_answer_ms":0,"""
            + "\"failures\":0,\"last_error\":null,\"breaker\":\"closed\",\"cool_until\":null}]",
            (await gateway.SendAsync(ManagementEndpoints.Health)).Json["targets"]!.ToJsonString());
    }

    [Theory]
    [InlineData("models: { fast: echo/a }", null)]
    [InlineData("audit: { to: otlp }", """{"store":"ok","pending":0,"lost":0}""")]
    public async Task Health_TellsOfTheAudit_WhereThereIsOne(string document, string? expected)
    {
        using var gateway = new ManagedGateway(document: document);
        JsonNode? audit = (await gateway.SendAsync(ManagementEndpoints.Health)).Json["audit"];

        Assert.Equal(expected, audit?.ToJsonString());
    }

    [Fact]
    public async Task WrongMethod_AtAKeysPath_NamesTheRightOnes()
    {
        using var gateway = new ManagedGateway();
        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Unknown with { Path = "/manage/keys/0123456789abcdef" });

        Assert.Equal((405, "GET, PATCH, DELETE"), (call.Status, call.Header("Allow")));
    }
}
