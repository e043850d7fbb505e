using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges.Rules;

/// <summary>What rules do to requests, seen from the client's side and the provider's.</summary>
public sealed class RuleTests
{
    private const string OpenAI = "api.openai.com";
    private const string Loose = "loose.example";

    [Theory]
    [InlineData("request.model == 'gpt' && !request.stream")]
    [InlineData("request.dialect == 'openai-chat' && request.operation == 'chat'")]
    [InlineData("key.name == 'plain' && request.tokens < 100")]
    [InlineData("'text' in request.modalities && size(request.tools) == 0")]
    [InlineData("now.getFullYear() < 2100 && now >= timestamp('1970-01-01T00:00:00Z')")]
    [InlineData("health['gpt'].in_flight == 0 && health['openai/gpt'].failures == 0 && !health['gpt'].cooling")]
    [InlineData("!has(health['gpt'].latency)")]
    [InlineData("size(request.params) == 1 && request.params.?model.orValue('') == 'gpt'")]
    [InlineData("size(headers.map(name, name)) > 0 && !('authorization' in headers)")]
    [InlineData("size(metadata) == 0 && size(key.tags) == 0")]
    public async Task Request_ThatMeetsARule_GoesWhereItSays(string condition)
    {
        using var gateway = new RuleGateway($"  - {{ name: here, when: \"{condition}\", route: fast }}");

        ClientCall call = await gateway.SendAsync(headers: ("X-Team", "red"));

        Assert.Equal((200, Loose), (call.Status, gateway.Asked));
        Assert.Equal("fast", gateway.Gateway.Upstream.Last.Json["model"]!.ToString());
        Assert.Equal(("here", "fast", "gpt"), (
            gateway.Gateway.Record.Rule, gateway.Gateway.Record.Route, gateway.Gateway.Record.RequestedModel));
        Assert.Contains(" rule=here", gateway.Gateway.Line.Text, StringComparison.Ordinal);
        Assert.Null(call.Header("x-lightport-rule"));
    }

    [Fact]
    public async Task Rules_TheFirstThatIsMet_Counts()
    {
        using var gateway = new RuleGateway("""
              - { when: request.stream, deny: no }
              - { when: request.model == 'gpt', tag: first }
              - { when: request.model != '', deny: no }
            """);

        await gateway.SendAsync();

        Assert.Equal((OpenAI, "#2", "first"), (gateway.Asked, gateway.Gateway.Record.Rule, gateway.Gateway.Record.Tag));
        Assert.Contains(" tag=first", gateway.Gateway.Line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ThatMeetsNoRule_GoesWhereItWouldWithoutThem()
    {
        using var gateway = new RuleGateway("  - { when: request.stream, route: fast }");

        await gateway.SendAsync();

        Assert.Equal((OpenAI, null), (gateway.Asked, gateway.Gateway.Record.Rule));
    }

    [Theory]
    [InlineData("ChatCompletions", """{"error":{"message":"Not here.","type":"permission_error","param":null,"code":"denied_by_rule"}}""")]
    [InlineData("Messages", """{"type":"error","error":{"type":"permission_error","message":"Not here."}}""")]
    public async Task Deny_TellsItsMessageInTheClientsWords(string door, string body)
    {
        using var gateway = new RuleGateway("  - { name: quiet-name, when: request.model == 'gpt', deny: Not here., tag: no }");

        ClientCall call = door == "Messages"
            ? await gateway.SendAsync(Wires.Messages, GatewayEndpoints.Messages)
            : await gateway.SendAsync();

        Assert.Equal((403, null), (call.Status, gateway.Asked));
        Assert.True(Told(JsonNode.Parse(body)!, call.Json), call.Text);
        Assert.DoesNotContain("quiet-name", call.Text, StringComparison.Ordinal);
        Assert.Equal(("quiet-name", "no"), (gateway.Gateway.Record.Rule, gateway.Gateway.Record.Tag));
    }

    [Theory]
    [InlineData("Completions", """{"model":"m","prompt":"secret plan"}""")]
    [InlineData("Embeddings", """{"model":"m","input":["a","secret plan"]}""")]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"system","content":"secret plan"},{"role":"user","content":"x"}]}""")]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"secret plan"}]}]}""")]
    [InlineData("Messages", """{"model":"m","max_tokens":5,"system":"secret plan","messages":[{"role":"user","content":"x"}]}""")]
    [InlineData("CountTokens", """{"model":"m","messages":[{"role":"user","content":"secret plan"}]}""")]
    [InlineData("Responses", """{"model":"m","instructions":"secret plan","input":"x"}""")]
    public async Task Prompt_IsReadAtEveryDoor(string door, string body)
    {
        using var gateway = new RuleGateway(
            "  - { when: \"prompt.matches('(?i)SECRET')\", deny: no, on-error: next }");

        ClientCall call = await gateway.SendAsync(
            body, GatewayEndpoints.All.Single(endpoint => endpoint.Name == door));

        Assert.Equal((403, null), (call.Status, gateway.Asked));
    }

    [Theory]
    [InlineData("Embeddings", """{"model":"m","input":[[1,2,3]]}""")]
    [InlineData("ChatCompletions", """{"model":"m","messages":[{"role":"user","content":"a","content":"b"}]}""")]
    public async Task Prompt_ThatCannotBeRead_IsAnErrorAndNeverPasses(string door, string body)
    {
        using var gateway = new RuleGateway(
            "  - { when: \"prompt.contains('secret')\", deny: no, on-error: deny }");

        ClientCall call = await gateway.SendAsync(
            body, GatewayEndpoints.All.Single(endpoint => endpoint.Name == door));

        Assert.True(call.Status is 400 or 403, call.Text);
        Assert.Null(gateway.Asked);
        Assert.Equal(["#1"], gateway.Gateway.Record.FailedRules);
        Assert.Contains(" failed-rules=#1", gateway.Gateway.Line.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deny", 65_536, 200)]
    [InlineData("deny", 65_537, 403)]
    [InlineData("next", 65_537, 200)]
    public async Task Prompt_ThatIsTooLong_IsAnError(string onError, int length, int status)
    {
        using var gateway = new RuleGateway(
            $"  - {{ when: \"prompt.contains('secret')\", deny: no, on-error: {onError} }}");
        string body = Wires.Chat.Replace("\"hi\"", $"\"{new string('a', length)}\"", StringComparison.Ordinal);

        ClientCall call = await gateway.SendAsync(body);

        Assert.Equal(status, call.Status);
    }

    [Fact]
    public async Task Prompt_IsDecodedOnlyWhereTheRuleGetsToIt()
    {
        using var gateway = new RuleGateway(
            "  - { when: \"has(key.tags.tier) && prompt.contains('x')\", deny: no, on-error: deny }");

        // No decoder takes this role, and the provider, which bytes pass to, is left to say so.
        const string Body = """{"model":"m","messages":[{"role":"nobody","content":"x"}]}""";
        Assert.Equal(200, (await gateway.SendAsync(Body)).Status);
        Assert.Equal(400, (await gateway.SendAsync(Body, key: RuleGateway.TieredKey)).Status);
    }

    /// <summary>The trap of allow-lists: where the header is missing, nothing is allowed.</summary>
    [Theory]
    [InlineData(null, 403)]
    [InlineData("red", 200)]
    [InlineData("green", 403)]
    [InlineData("red,green", 403)]
    public async Task AllowList_DoesNotFailOpen(string? team, int status)
    {
        using var gateway = new RuleGateway(
            "  - { when: \"!(headers['x-team'] in ['red', 'blue'])\", deny: no, on-error: deny }");

        ClientCall call = team is null
            ? await gateway.SendAsync()
            : await gateway.SendAsync(headers: ("X-TEAM", team));

        Assert.Equal(status, call.Status);
    }

    [Fact]
    public async Task Condition_ThatFailsWithoutAWordOnErrors_Refuses()
    {
        using var gateway = new RuleGateway("  - { when: \"now.getHours(request.model) > 5\", tag: x }");

        ClientCall call = await gateway.SendAsync();

        Assert.Equal((403, "denied_by_rule"), (call.Status, call.Error("code")));
        Assert.DoesNotContain("zone", call.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain-key-0123456789", OpenAI)]
    [InlineData("tiered-key-0123456789", Loose)]
    public async Task Tags_OfTheKey_Decide(string key, string host)
    {
        using var gateway = new RuleGateway("  - { when: \"has(key.tags.tier) && key.tags.tier == '1'\", route: fast }");

        await gateway.SendAsync(key: key);

        Assert.Equal(host, gateway.Asked);
    }

    [Fact]
    public async Task Route_MayLeadToWhatTheKeyMayNotAskFor_AndTheAskedMustBeAllowed()
    {
        using var gateway = new RuleGateway("  - { when: \"true\", route: fast }");

        Assert.Equal(200, (await gateway.SendAsync()).Status);
        ClientCall call = await gateway.SendAsync(Wires.For("fast", Wires.Chat));
        Assert.Equal((403, "model_not_allowed"), (call.Status, call.Error("code")));
    }

    [Theory]
    [InlineData("""{"tier":"gold","n":2}""", Loose)]
    [InlineData("""{"tier":"gold","n":2.5}""", OpenAI)]
    [InlineData("""{}""", OpenAI)]
    [InlineData(null, OpenAI)]
    public async Task Metadata_Decides(string? metadata, string host)
    {
        using var gateway = new RuleGateway(
            "  - { when: \"has(metadata.tier) && metadata.tier == 'gold' && has(metadata.n) && metadata.n == 2\", route: fast }");

        ClientCall call = metadata is null
            ? await gateway.SendAsync()
            : await gateway.SendAsync(headers: ("x-lightport-metadata", metadata));

        Assert.Equal((200, host), (call.Status, gateway.Asked));
    }

    public static TheoryData<string> Malformed =>
    [
        "", "{", "[]", "1", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"a\":{\"b\":1,\"\\u0062\":2}}",
        "{\"\\ud800\":1}", new string('[', 20) + new string(']', 20),
        $"{{{string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1"))}}}",
    ];

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task Metadata_ThatIsMalformed_IsRefused(string metadata)
    {
        using var gateway = new RuleGateway("  - { when: \"has(metadata.tier)\", route: fast }");

        ClientCall call = await gateway.SendAsync(headers: ("x-lightport-metadata", metadata));

        Assert.Equal((400, "invalid_metadata"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Regex_ThatWouldRunAway_EndsInTime()
    {
        using var gateway = new RuleGateway("  - { when: \"prompt.matches('^(a+)+$')\", deny: no, on-error: deny }");
        string body = Wires.Chat.Replace("\"hi\"", $"\"{new string('a', 60_000)}!\"", StringComparison.Ordinal);

        Assert.Equal(200, (await gateway.SendAsync(body)).Status);
    }

    [Fact]
    public async Task Cost_OfAllRulesTogether_IsBounded()
    {
        string work = string.Concat(Enumerable.Repeat(".replace('a', 'aa')", 12));
        using var gateway = new RuleGateway($"  - {{ when: \"prompt{work} == 'x'\", tag: x, on-error: deny }}");
        string body = Wires.Chat.Replace("\"hi\"", $"\"{new string('a', 60_000)}\"", StringComparison.Ordinal);

        Assert.Equal(403, (await gateway.SendAsync(body)).Status);
    }

    [Fact]
    public async Task Share_KeepsASessionOnOneSide()
    {
        using var gateway = new RuleGateway("  - { name: canary, when: \"true\", route: fast, share: 30% }");
        int taken = 0;
        for (int session = 0; session < 60; session++)
        {
            await gateway.SendAsync(headers: ("x-lightport-session", $"s{session}"));
            string? first = gateway.Asked;
            await gateway.SendAsync(headers: ("x-lightport-session", $"s{session}"));
            Assert.Equal(first, gateway.Asked);
            taken += first == Loose ? 1 : 0;
        }

        Assert.InRange(taken, 6, 32);
    }

    [Fact]
    public async Task KeyOfTheClientsOwn_DoesNotGoToAnotherProvider()
    {
        using var gateway = new RuleGateway(
            "  - { when: \"true\", route: groq/fast }", "admission: { mode: bring-your-own }");

        ClientCall call = await gateway.SendAsync(key: "a-key-of-no-telling-form");

        Assert.NotEqual(200, call.Status);
        Assert.Null(gateway.Asked);
    }

    /// <summary>Whether all of the one stands in the other.</summary>
    private static bool Told(JsonNode expected, JsonNode actual) => expected is JsonObject fields
        ? fields.All(field => actual is JsonObject found && found.ContainsKey(field.Key)
            && (field.Value is null ? found[field.Key] is null : Told(field.Value, found[field.Key]!)))
        : JsonNode.DeepEquals(expected, actual);
}
