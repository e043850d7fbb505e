namespace Lightport.Tests.Exchanges.Rules;

/// <summary>What rules set in bodies, as providers get them.</summary>
public sealed class RuleSetTests
{
    [Fact]
    public async Task Set_WherePassed_ChangesItsFieldsAndNoOtherByte()
    {
        using var gateway = new RuleGateway(
            "  - { when: \"true\", set: { temperature: 0, user: 'é', metadata.team: a } }");
        const string Body =
            """{"model":"m",  "messages":[{"role":"user","content":"hi"}],"temperature": 1.5,"metadata":{"x":1},"own":[1,  2]}""";

        ClientCall call = await gateway.SendAsync(Body);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(
            """{"model":"gpt",  "messages":[{"role":"user","content":"hi"}],"temperature":0,"metadata":{"x":1,"team":"a"},"own":[1,  2],"user":"é"}""",
            gateway.Gateway.Upstream.Last.Body);
    }

    [Fact]
    public async Task Set_WhereTranslated_IsSaidInTheProvidersWords()
    {
        using var gateway = new RuleGateway(
            "  - { when: \"true\", set: { max_tokens: 7, temperature: 0.5 }, route: claude }");
        await gateway.SendAsync();

        Assert.Equal(
            ("7", "0.5"),
            (gateway.Gateway.Upstream.Last.Json["max_tokens"]!.ToString(),
                gateway.Gateway.Upstream.Last.Json["temperature"]!.ToString()));
    }

    [Fact]
    public async Task Set_AfterThePromptWasRead_IsInWhatIsTranslated()
    {
        using var gateway = new RuleGateway(
            "  - { when: \"prompt.contains('hi')\", on-error: deny, set: { max_tokens: 7 }, route: claude }");
        await gateway.SendAsync();

        Assert.Equal("7", gateway.Gateway.Upstream.Last.Json["max_tokens"]!.ToString());
    }

    /// <summary>A server that reads names in any case would take the client's instead.</summary>
    [Fact]
    public async Task Set_OfAFieldThatStandsThereInAnotherCase_RefusesTheRequest()
    {
        using var gateway = new RuleGateway("  - { when: \"true\", set: { temperature: 0 } }");

        ClientCall call = await gateway.SendAsync(
            """{"model":"m","Temperature":1,"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal((400, "invalid_json"), (call.Status, call.Error("code")));
        Assert.Null(gateway.Asked);
    }

    [Fact]
    public async Task Set_WithinWhatIsNoObject_RefusesTheRequest()
    {
        using var gateway = new RuleGateway("  - { when: \"true\", set: { metadata.team: a } }");

        ClientCall call = await gateway.SendAsync(
            """{"model":"m","metadata":[1],"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal((400, "rule_not_applicable"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Set_OfACount_IsLeftOut()
    {
        using var gateway = new RuleGateway("  - { when: \"true\", set: { temperature: 0 }, route: claude }");
        gateway.Gateway.Upstream.Forget();
        gateway.Gateway.Upstream.Answer(ScriptedResponse.Json("""{"input_tokens":5}"""));

        ClientCall call = await gateway.Gateway.SendAsync(
            GatewayEndpoints.CountTokens,
            Wires.For("gpt", Wires.Messages),
            new Dictionary<string, string> { ["Authorization"] = $"Bearer {RuleGateway.PlainKey}" });

        Assert.True(call.Status == 200, call.Text);
        Assert.False(gateway.Gateway.Upstream.Last.Json.ContainsKey("temperature"));
    }
}
