using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Tests.Exchanges;

/// <summary>Several accounts of one provider: each asked with its own key, and none told of to clients.</summary>
public sealed class AccountsTests
{
    private const string Providers = "  team: { use: openai, keys: [TEAM_ONE, TEAM_TWO] }\n";
    private const string Models = "models: { m: { targets: [team/x], retry: { attempts: 1 } } }";

    [Theory]
    [InlineData(401, "invalid_api_key")]
    [InlineData(403, "forbidden")]
    [InlineData(429, "insufficient_quota")]
    [InlineData(503, "overloaded")]
    public async Task Account_ThatRefuses_IsFollowedByTheOther(int status, string code)
    {
        using var gateway = new TestGateway(Models, providers: Providers);
        gateway.Upstream.Answer(ScriptedResponse.Error(status, code)).Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(200, call.Status);
        Assert.Equal(
            ["Bearer value-of-TEAM_ONE", "Bearer value-of-TEAM_TWO"],
            gateway.Upstream.Seen.Select(seen => seen.Header("authorization")).Order());
    }

    [Fact]
    public async Task Answer_NamesTheProviderAndNoAccount()
    {
        using var gateway = new TestGateway(Models, providers: Providers);
        gateway.Upstream.Answer(ScriptedResponse.Error(503)).Answer(ScriptedResponse.Error(503));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal("team", call.Header("x-lightport-provider"));
        Assert.DoesNotContain("TEAM_", call.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            call.Context.Response.Headers, header => $"{header.Value}".Contains("TEAM_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedAttempt_NamesTheAccountInTheLog()
    {
        using var gateway = new TestGateway(Models, providers: Providers);
        gateway.Upstream.Answer(ScriptedResponse.Error(503)).Answer(ScriptedResponse.Error(503));

        await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);

        Assert.Equal(
            ["TEAM_ONE", "TEAM_TWO"],
            gateway.Log.Lines.Where(line => line.EventId == 5).Select(line => line.Fields["Account"]).Order());
    }

    [Fact]
    public async Task Sticky_KeepsASessionAtItsAccount()
    {
        using var gateway = new TestGateway(
            "models: { m: { select: sticky, targets: [team/x] } }", providers: Providers);
        for (int turn = 0; turn < 12; turn++)
        {
            gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
            await gateway.SendAsync(
                GatewayEndpoints.ChatCompletions,
                Wires.Chat,
                new Dictionary<string, string> { ["x-lightport-session"] = "one" });
        }

        Assert.Single(gateway.Upstream.Seen.Select(seen => seen.Header("authorization")).Distinct());
    }

    [Fact]
    public async Task Own_KeyOfAClient_IsShownOnce()
    {
        using var gateway = new TestGateway(
            "admission: { mode: bring-your-own }\n" + Models, providers: Providers);
        gateway.Upstream.Answer(ScriptedResponse.Error(401, "invalid_api_key"));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["authorization"] = "Bearer own-key-of-a-client" });

        Assert.Equal(401, call.Status);
        Assert.Equal("Bearer own-key-of-a-client", Assert.Single(gateway.Upstream.Seen).Header("authorization"));
    }
}
