using Lightport.Limits;

namespace Lightport.Tests.Exchanges.Limits;

/// <summary>Money: what is held at most, what is set, and what is refused.</summary>
public sealed class BudgetTests
{
    private const string Hard = "  - { name: house, per: all, budget: { usd: USD, per: day } }";

    private const string Short =
        """{"model":"m","messages":[{"role":"user","content":"hi"}],"max_completion_tokens":100}""";

    [Fact]
    public async Task Answer_IsCountedByWhatItCost()
    {
        using LimitedGateway limited = Budget("1");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = await limited.ChatAsync("gpt", Short);

        Assert.Equal(200, call.Status);
        Assert.Equal(52_500, limited.Ledger.Used("house", LimitMeasure.Money));
        Assert.Null(call.Header("x-lightport-output-limit"));
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    [Fact]
    public async Task WhileItRuns_ItsBoundIsHeldAndLessOnceThePromptIsKnown()
    {
        using LimitedGateway limited = Budget("9");
        var body = new ScriptedBody();
        limited.Upstream.Answer(ScriptedResponse.Events(body));
        string request = Wires.For("claude", Wires.MessagesStream);
        ClientCall call = limited.Gateway.Start(GatewayEndpoints.Messages, request);
        await body.Hungry;

        // The prompt's bytes at the dearest class of input, which is the longest cache's, and 64 tokens of answer.
        long bound = (request.Length * 10_000) + (64 * 25_000);
        Assert.Equal(bound, limited.Ledger.Held(LimitMeasure.Money));

        body.Tell(Wires.MessagesStart + Wires.MessagesText);
        await body.Hungry;
        Assert.Equal((9 * 10_000) + (64 * 25_000), limited.Ledger.Held(LimitMeasure.Money));

        body.Tell(Wires.MessagesEnd).End();
        await call.Done;
        Assert.Equal(
            (0, 120_000), (limited.Ledger.Reserved, limited.Ledger.Used("house", LimitMeasure.Money)));
    }

    [Theory]
    [InlineData("ChatCompletions", 429, "insufficient_quota")]
    [InlineData("Messages", 402, "billing_error")]
    public async Task SpentBudget_IsRefusedAsTheClientKnowsIt(string door, int status, string type)
    {
        using LimitedGateway limited = Budget("0.0001");
        ClientCall call = door == "Messages"
            ? await limited.MessageAsync("claude")
            : await limited.ChatAsync("gpt", Short);

        Assert.Equal((status, type, "false"), (call.Status, call.Error("type"), call.Header("x-should-retry")));
        Assert.Null(call.Header("retry-after"));
        Assert.StartsWith(
            "The budget 'house' of $0.0001 a day has $0.0001 left until 1970-01-02T00:00:00Z, and this request may cost up "
            + "to $0.00",
            call.Error("message"));
        Assert.Empty(limited.Upstream.Seen);
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    /// <summary>What is left becomes the limit of an answer whose client set none, in every dialect's own field.</summary>
    [Theory]
    [InlineData("ChatCompletions", "gpt", "max_completion_tokens")]
    [InlineData("ChatCompletions", "claude", "max_tokens")]
    [InlineData("Responses", "gpt", "max_output_tokens")]
    [InlineData("Responses", "claude", "max_tokens")]
    [InlineData("Gemini", "gpt", "max_completion_tokens")]
    public async Task UnsaidLimit_IsSetFromWhatIsLeft(string door, string model, string field)
    {
        using LimitedGateway limited = Budget("0.05");
        limited.Upstream.Answer(ScriptedResponse.Json("{}")).Answer(ScriptedResponse.Json("{}"));
        ClientCall call = door switch
        {
            "Responses" => await limited.Gateway.SendAsync(
                GatewayEndpoints.All.First(one => one is { Path: "/v1/responses", Method: "POST" }),
                $$"""{"model":"{{model}}","input":"hi","store":false}"""),
            "Gemini" => await limited.Gateway.SendAsync(
                GatewayEndpoints.GenerateContent,
                """{"contents":[{"parts":[{"text":"hi"}]}]}""",
                path: $"/v1/models/{model}:generateContent"),
            _ => await limited.ChatAsync(model),
        };

        string sent = limited.Upstream.Seen[0].Body;
        Assert.Matches($"\"{field}\":[0-9]{{4}}[,}}]", sent);
        Assert.Contains($"\"{field}\":{call.Header("x-lightport-output-limit")}", sent, StringComparison.Ordinal);
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    [Fact]
    public async Task TooLittleIsLeftForAnyAnswer_IsRefused()
    {
        using LimitedGateway limited = Budget("0.01");
        ClientCall call = await limited.ChatAsync();

        Assert.Equal((429, "insufficient_quota"), (call.Status, call.Error("code")));
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>What a lenient server would take for a limit is held for, and what it would not is overwritten.</summary>
    [Theory]
    [InlineData("\"max_tokens\":1e5,\"max_completion_tokens\":10")]
    [InlineData("\"max_tokens\":\"100000\"")]
    [InlineData("\"max_tokens\":100,\"n\":50")]
    public async Task BoundIsNotTalkedDown(string fields)
    {
        using LimitedGateway limited = Budget("0.01");
        ClientCall call = await limited.ChatAsync("gpt", Wires.Chat.Replace("{\"model\"", $"{{{fields},\"model\""));

        Assert.Equal(429, call.Status);
        Assert.Empty(limited.Upstream.Seen);
    }

    [Fact]
    public async Task Echo_CostsNothingAndIsAnsweredUnderABudget()
    {
        using LimitedGateway limited = Budget("5");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        Assert.Equal(200, (await limited.ChatAsync("echo")).Status);
        Assert.Equal(0, limited.Ledger.Used("house", LimitMeasure.Money));
    }

    [Theory]
    [InlineData("ours", "", "what loose/x costs is not known; say it under 'prices' of its provider")]
    [InlineData("gpt", ",\"web_search_options\":{}", "nothing bounds how often its provider runs tools for it; leave them out")]
    [InlineData("gpt", ",\"enable_search\":true", "nothing bounds how often its provider runs tools for it; leave them out")]
    [InlineData("gpt", ",\"n\":\"100_000\"", "'n' is no plain whole number; write it in digits alone")]
    [InlineData("sonar", "", "nothing bounds how often perplexity-ai/sonar-deep-research searches; ask another model")]
    [InlineData("gpt", ",\"tools\":[{\"type\":\"web_search\"}]", "nothing bounds how often its provider runs tools for it")]
    public async Task WhatHasNoBound_IsRefusedAndToldWhatToSet(string model, string field, string why)
    {
        using LimitedGateway limited = Budget("5");
        ClientCall call = await limited.ChatAsync(
            model, Short.Replace("\"max_completion_tokens\":100", $"\"max_completion_tokens\":100{field}"));

        Assert.Equal((429, "unbounded_cost", "false"), (
            call.Status, call.Error("code"), call.Header("x-should-retry")));
        Assert.Contains(why, call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
    }

    /// <summary>What is fetched may fill the model's context.</summary>
    [Fact]
    public async Task FileByAddress_HoldsTheWholeContext()
    {
        using LimitedGateway limited = Budget("0.3");
        ClientCall call = await limited.ChatAsync("gpt", Short.Replace(
            "\"hi\"", """[{"type":"file","file":{"file_data":"https://a.example/b.pdf"}}]""", StringComparison.Ordinal));

        // 128,000 tokens at $2.50 a million, and 100 of an answer at $10.
        Assert.Equal(429, call.Status);
        Assert.Contains("this request may cost up to $0.321", call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SoftBudget_LeadsToACheaperRouteOnceItIsSpentAndNeverRefuses()
    {
        using var limited = new LimitedGateway(
            "  - { name: team, per: key, budget: { usd: 0.00005, per: month }, then: { route: cheap } }");
        limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall first = await limited.ChatAsync("gpt", Short);
        ClientCall second = await limited.ChatAsync("gpt", Short);

        Assert.Equal(("openai", null), (
            first.Header("x-lightport-provider"), first.Header("x-lightport-soft-limit")));
        Assert.Equal(("groq", "cheap", "team"), (
            second.Header("x-lightport-provider"),
            second.Header("x-lightport-route"),
            second.Header("x-lightport-soft-limit")));
        Assert.Equal(52_500, limited.Ledger.Used("team", LimitMeasure.Money));
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    [Fact]
    public async Task Shares_AreToldOnceEach()
    {
        using var limited = new LimitedGateway(
            "  - { name: team, per: key, budget: { usd: 0.0001, per: month }, alerts: [50, 100], then: alert }");
        for (int i = 0; i < 4; i++)
        {
            limited.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
            Assert.Equal(200, (await limited.ChatAsync("gpt", Short)).Status);
        }

        Assert.Equal(
            [
                "The budget team of key:anonymous is used to 50 %: 0.0000475 of 0.0001 dollars are left",
                "The budget team of key:anonymous is used to 100 %: 0 of 0.0001 dollars are left",
            ],
            limited.Gateway.Log.Lines.Where(line => line.EventId == 801).Select(line => line.Text));
    }

    private static LimitedGateway Budget(string usd) => new(Hard.Replace("USD", usd, StringComparison.Ordinal));
}
