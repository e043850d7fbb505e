using Lightport.Limits;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>Requests and tokens a minute, and places for requests that run.</summary>
public sealed class RateLimitTests
{
    private const string TwoAMinute = "  - { name: slow, per: key, requests-per-minute: 2 }";

    [Fact]
    public async Task RequestsOfAMinute_AreUsedUp_RefusedAsTheClientKnowsItAndLetInInTheNext()
    {
        using var limited = new LimitedGateway(TwoAMinute);
        limited.Gateway.Clock.Advance(TimeSpan.FromSeconds(15));
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await limited.ChatAsync();
        ClientCall second = await limited.ChatAsync();
        ClientCall third = await limited.ChatAsync();

        Assert.Equal((200, "2", "0", "45s"), (
            second.Status,
            second.Header("x-ratelimit-limit-requests"),
            second.Header("x-ratelimit-remaining-requests"),
            second.Header("x-ratelimit-reset-requests")));
        Assert.Equal((429, "rate_limit_error", "rate_limit_exceeded"), (
            third.Status, third.Error("type"), third.Error("code")));
        Assert.Equal(
            "The limit 'slow' allows 2 requests a minute; 0 are left until 1970-01-01T00:01:00Z, and this request needs up "
            + "to 1.",
            third.Error("message"));
        Assert.Equal(("45", "45000", "0"), (
            third.Header("retry-after"), third.Header("retry-after-ms"), third.Header("x-ratelimit-remaining-requests")));
        Assert.Null(third.Header("x-should-retry"));
        Assert.Equal(2, limited.Upstream.Seen.Count);

        limited.Gateway.Clock.Advance(TimeSpan.FromSeconds(45));
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        Assert.Equal(200, (await limited.ChatAsync()).Status);
    }

    [Fact]
    public async Task ClaudesClients_AreToldInTheirWords()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: all, requests-per-minute: 1 }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall first = await limited.MessageAsync("claude");
        ClientCall second = await limited.MessageAsync("claude");

        Assert.Equal(("1", "0", "1970-01-01T00:01:00Z"), (
            first.Header("anthropic-ratelimit-requests-limit"),
            first.Header("anthropic-ratelimit-requests-remaining"),
            first.Header("anthropic-ratelimit-requests-reset")));
        Assert.Equal((429, "rate_limit_error", "60"), (
            second.Status, second.Error("type"), second.Header("retry-after")));
        Assert.Equal("0", second.Header("anthropic-ratelimit-requests-remaining"));
    }

    [Fact]
    public async Task GooglesClients_AreToldInTheirWords()
    {
        using var limited = new LimitedGateway("  - { name: none-left, per: all, requests-per-minute: 1 }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await limited.ChatAsync();
        ClientCall call = await limited.Gateway.SendAsync(
            GatewayEndpoints.GenerateContent,
            """{"contents":[{"parts":[{"text":"hi"}]}]}""",
            path: "/v1/models/gpt:generateContent");

        Assert.Equal((429, "RESOURCE_EXHAUSTED"), (call.Status, call.Error("status")));
        Assert.Contains("\"violations\":[{\"subject\":\"none-left\"", call.Text, StringComparison.Ordinal);
        Assert.Contains("\"retryDelay\":\"60s\"", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimitedKey_IsToldOfItsOwnRatesAndNotOfTheProviders()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: key, tokens-per-minute: 50000 }");
        limited.Upstream.Answer(new ScriptedResponse(
            200, "application/json", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Wires.ChatAnswer)))
        {
            Fields =
            {
                ["x-ratelimit-limit-requests"] = "9", ["x-ratelimit-remaining-tokens"] = "9", ["openai-version"] = "1",
            },
        });
        ClientCall call = await limited.ChatAsync();

        Assert.Null(call.Header("x-ratelimit-limit-requests"));
        Assert.Equal(("50000", "1"), (call.Header("x-ratelimit-limit-tokens"), call.Header("openai-version")));
        Assert.Equal(12, limited.Ledger.Used("slow", LimitMeasure.Tokens));

        // A whole answer is told of when all of it is there: what it did not use is left again.
        Assert.Equal("49988", call.Header("x-ratelimit-remaining-tokens"));
    }

    [Fact]
    public async Task Stream_IsToldWhatIsLeftBesideWhatItHolds()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: key, tokens-per-minute: 50000 }");
        var body = new ScriptedBody();
        limited.Upstream.Answer(ScriptedResponse.Events(body));
        ClientCall call = limited.Gateway.Start(
            GatewayEndpoints.Messages,
            """{"model":"claude","stream":true,"max_tokens":1000,"messages":[{"role":"user","content":"hi"}]}""");

        // Nine tokens of prompt are told at the start, and a thousand may come.
        body.Tell(Wires.MessagesStart + Wires.MessagesText);
        await body.Hungry;
        Assert.Equal("48991", call.Header("anthropic-ratelimit-tokens-remaining"));
        call.Abort();
        await call.Done;
    }

    [Fact]
    public async Task RequestsThatRun_AreAsManyAsThereArePlaces()
    {
        using var limited = new LimitedGateway("  - { name: narrow, per: key, concurrent: 1 }");
        limited.Upstream.Hang().Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall running = limited.Gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat));
        await limited.Upstream.CallAsync();
        ClientCall refused = await limited.ChatAsync();
        running.Abort();
        await running.Done;
        ClientCall next = await limited.ChatAsync();

        Assert.Equal((429, "1", 200), (refused.Status, refused.Header("retry-after"), next.Status));
        Assert.Contains("'narrow' allows 1 requests at the same time", refused.Error("message"), StringComparison.Ordinal);
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    [Fact]
    public async Task AnswerThatWouldTakeMoreThanIsLeft_IsKeptShorterAndTheClientTold()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: key, tokens-per-minute: 5000 }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await limited.ChatAsync();

        int bytes = Wires.For("gpt", Wires.Chat).Length;
        Assert.Equal((200, $"{5000 - bytes}"), (call.Status, call.Header("x-lightport-output-limit")));
        Assert.Contains(
            $"\"max_completion_tokens\":{5000 - bytes}", limited.Upstream.Last.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RequestThatNeverFits_IsRefusedForGood()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: key, tokens-per-minute: 5000 }");
        ClientCall call = await limited.ChatAsync(
            "gpt", """{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":9000}""");

        Assert.Equal((429, "false"), (call.Status, call.Header("x-should-retry")));
        Assert.Null(call.Header("retry-after"));
        Assert.EndsWith(
            "It will never fit: make it shorter, or lower the most tokens of its answer.", call.Error("message"));
    }

    [Fact]
    public async Task LongPromptThatIsLikelyToFit_TakesTheWholeMinute()
    {
        using var limited = new LimitedGateway("  - { name: slow, per: key, tokens-per-minute: 5000 }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await limited.ChatAsync(
            "gpt", Wires.Chat.Replace("hi", new string('a', 8000), StringComparison.Ordinal));

        // It held all of it, and used twelve.
        Assert.Equal((200, "4988"), (call.Status, call.Header("x-ratelimit-remaining-tokens")));
        Assert.Equal(5000, Assert.Single(limited.Gateway.Record.Limits).Asked);
        Assert.Equal(12, limited.Ledger.Used("slow", LimitMeasure.Tokens));
    }

    [Fact]
    public async Task LimitOfAModel_PassesOverItAndTheBreakerHearsNothing()
    {
        using var limited = new LimitedGateway(
            "  - { name: one, per: model, match: { provider: openai }, requests-per-minute: 1 }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer)).Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall first = await limited.ChatAsync("two");
        ClientCall second = await limited.ChatAsync("two");
        ClientCall alone = await limited.ChatAsync("gpt");

        Assert.Equal("openai", first.Header("x-lightport-provider"));
        Assert.Equal((200, "anthropic", "1"), (
            second.Status, second.Header("x-lightport-provider"), second.Header("x-lightport-attempts")));
        Assert.Equal((429, "60"), (alone.Status, alone.Header("retry-after")));
        Assert.Equal(0, limited.Gateway.StateOf("openai", "gpt-4o").ConsecutiveFailures);
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    /// <summary>Servers take a model's name in any case, so that another case is no other model.</summary>
    [Theory]
    [InlineData("  - { name: one, per: model, requests-per-minute: 1 }")]
    [InlineData("  - { name: one, per: key, match: { model: Gpt-4o }, requests-per-minute: 1 }")]
    public async Task LimitOfAModel_IsNotEvadedByCase(string limit)
    {
        using var limited = new LimitedGateway(limit);
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        Assert.Equal(200, (await limited.ChatAsync("gpt")).Status);
        Assert.Equal(429, (await limited.ChatAsync("loud")).Status);
    }

    [Fact]
    public async Task KeysOwnLimit_BindsThatKeyAlone()
    {
        using var limited = new LimitedGateway("  []", """
            keys:
              - name: a
                sha256: c9728c0bf1af356f4e75c1b78439b6c4a32d876554f77398ee924e4b321ed411
                limits: { requests-per-minute: 1 }
            """);
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        var key = new Dictionary<string, string> { ["Authorization"] = "Bearer lightport-sample" };
        await limited.Gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat), key);
        ClientCall call =
            await limited.Gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("gpt", Wires.Chat), key);

        Assert.Equal(429, call.Status);
        Assert.StartsWith("The limit 'key' allows 1 requests a minute", call.Error("message"));
    }

    [Theory]
    [InlineData("closed", 503)]
    [InlineData("open", 200)]
    public async Task NobodyKnowsHowMuchIsLeft_TheStatedChoiceCounts(string choice, int status)
    {
        using var limited = new LimitedGateway(
            $"  - {{ name: slow, per: key, requests-per-minute: 1, when-unknown: {choice} }}");
        limited.Ledger.IsAway = true;
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await limited.ChatAsync();

        Assert.Equal(status, call.Status);
        Assert.Equal(status == 503 ? "5" : null, call.Header("retry-after"));
        Assert.Null(call.Header("x-ratelimit-limit-requests"));
    }

    [Fact]
    public async Task CountOfTokens_HoldsNothingButARequest()
    {
        using var limited = new LimitedGateway(
            "  - { name: all, per: key, requests-per-minute: 9, tokens-per-minute: 1, budget: { usd: 0.000001, per: day } }");
        limited.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":7}"""));
        ClientCall call = await limited.Gateway.SendAsync(
            GatewayEndpoints.All.First(door => door.Path == "/v1/messages/count_tokens"),
            """{"model":"claude","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(200, call.Status);
        Assert.Equal((1, 0), (
            limited.Ledger.Used("all", LimitMeasure.Requests), limited.Ledger.Used("all", LimitMeasure.Money)));
    }
}
