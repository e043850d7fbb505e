using Lightport.Routing;
using Lightport.Routing.Selection;
using Moq;

namespace Lightport.Tests.Exchanges;

public sealed class RequestAffinityTests
{
    private const string Models = "models: { m: { targets: [groq/x, openai/y] } }";
    private const string FirstTurn = """{"role":"system","content":"S"},{"role":"user","content":"Hi"}""";

    [Fact]
    public async Task Turns_ThatComeLater_ChangeNothing() =>
        Assert.Equal(
            await OfAsync($$"""{"model":"m","messages":[{{FirstTurn}}]}"""),
            await OfAsync($$$"""
                {"model":"m","temperature":1,"messages":[{{{FirstTurn}}},
                {"role":"assistant","content":"Yes?"},{"role":"user","content":"What time is it?"}]}
                """));

    [Theory]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":"Hi"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"system","content":"S"},{"role":"user","content":"Ho"}]}""")]
    public async Task AnotherBeginning_IsAnotherSession(string body) =>
        Assert.NotEqual(await OfAsync($$"""{"model":"m","messages":[{{FirstTurn}}]}"""), await OfAsync(body));

    [Theory]
    [InlineData("\"prompt_cache_key\":\"s-1\"")]
    [InlineData("\"safety_identifier\":\"s-1\"")]
    [InlineData("\"user\":\"s-1\"")]
    [InlineData("\"metadata\":{\"other\":{\"user_id\":\"no\"},\"user_id\":\"s-1\"}")]
    public async Task WhatTheClientSays_GoesBeforeWhatItAsks(string said)
    {
        ulong one = await OfAsync($$"""{"model":"m",{{said}},"messages":[{"role":"user","content":"one"}]}""");

        Assert.Equal(one, await OfAsync($$"""{"model":"m","messages":[{"role":"user","content":"two"}],{{said}}}"""));
        Assert.NotEqual(
            one,
            await OfAsync($$"""
                {"model":"m",{{said.Replace("s-1", "s-2")}},"messages":[{"role":"user","content":"one"}]}
                """));
    }

    [Fact]
    public async Task Header_GoesBeforeTheBody() =>
        Assert.Equal(
            await OfAsync("""{"model":"m","user":"a","messages":[{"role":"user","content":"one"}]}""", "s"),
            await OfAsync("""{"model":"m","user":"b","messages":[{"role":"user","content":"two"}]}""", "s"));

    [Fact]
    public async Task ByUser_IsWhatIsSaidOfTheUserAndNothingElse()
    {
        ulong user = await OfAsync("""{"model":"m","user":"u","messages":[{"role":"user","content":"1"}]}""", by: AffinityKey.User);

        Assert.Equal(user, await OfAsync(
            """{"model":"m","user":"u","prompt_cache_key":"k","messages":[{"role":"user","content":"2"}]}""",
            "session",
            AffinityKey.User));
        Assert.NotEqual(user, await OfAsync(
            """{"model":"m","user":"v","messages":[{"role":"user","content":"1"}]}""", by: AffinityKey.User));
        Assert.Equal(
            await OfAsync("""{"model":"m","messages":[{"role":"user","content":"1"}]}""", by: AffinityKey.User),
            await OfAsync("""{"model":"m","messages":[{"role":"user","content":"2"}]}""", by: AffinityKey.User));
    }

    [Fact]
    public async Task ByPrompt_IsHowItBeginsWhoeverAsks()
    {
        ulong prompt = await OfAsync($$"""{"model":"m","messages":[{{FirstTurn}}]}""", by: AffinityKey.Prompt);

        Assert.Equal(prompt, await OfAsync(
            $$"""{"model":"m","user":"u","messages":[{{FirstTurn}},{"role":"assistant","content":"Yes?"}]}""",
            "session",
            AffinityKey.Prompt));
        Assert.NotEqual(prompt, await OfAsync(
            """{"model":"m","messages":[{"role":"user","content":"Hi"}]}""", by: AffinityKey.Prompt));
    }

    private static async Task<ulong> OfAsync(
        string body, string? session = null, AffinityKey by = AffinityKey.Session)
    {
        var affinity = 0ul;
        var policy = new Mock<ISelectionPolicy>();
        policy.Setup(order => order.Name).Returns("watching");
        policy
            .Setup(order => order.Order(It.IsAny<IReadOnlyList<Target>>(), in It.Ref<SelectionContext>.IsAny))
            .Returns((IReadOnlyList<Target> targets, SelectionContext context) =>
            {
                affinity = context.AffinityBy(by);
                return targets;
            });
        using var gateway = new TestGateway(Models);
        gateway.Reload(Models, policy.Object);
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            body,
            session is null ? null : new Dictionary<string, string> { ["x-lightport-session"] = session });
        Assert.NotEqual(0ul, affinity);
        return affinity;
    }
}
