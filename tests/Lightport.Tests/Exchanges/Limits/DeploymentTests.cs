namespace Lightport.Tests.Exchanges.Limits;

/// <summary>
/// A deployment has whatever name its owner gave it: what is known of models goes by what the configuration says that it
/// is, and where it says nothing, a hard budget holds for the dearest.
/// </summary>
public sealed class DeploymentTests
{
    private const string Picture =
        """[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.example/b.png"}}]}]""";

    /// <summary>
    /// 50,000 tokens at $0.15 a million, by a name that nobody knows as by that of gpt-4o-mini; 10,000 at $2.5 by that of
    /// gpt-4o, whose price the book has.
    /// </summary>
    [Theory]
    [InlineData("vision", "$0.0075")]
    [InlineData("vision-mini", "$0.0075")]
    [InlineData("vision-4o", "$0.025")]
    public async Task Picture_HoldsWhatItsModelCounts(string model, string cost)
    {
        using LimitedGateway limited = new("  - { name: house, per: all, budget: { usd: 0.007, per: day } }");
        ClientCall call = await limited.ChatAsync(
            model, $$"""{"model":"{{model}}","max_completion_tokens":1,"messages":{{Picture}}}""");

        Assert.Equal(429, call.Status);
        Assert.Contains(
            $"this request may cost up to {cost}", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(limited.Upstream.Seen);
        Assert.Equal(0, limited.Ledger.Reserved);
    }

    /// <summary>The price of its words is known, that of its speech is not; without speech it passes.</summary>
    [Theory]
    [InlineData("\"modalities\":[\"text\",\"audio\"]", false)]
    [InlineData("\"audio\":{\"voice\":\"alloy\",\"format\":\"mp3\"}", false)]
    [InlineData("\"modalities\":[\"text\"]", true)]
    public async Task Speech_OfANameThatNobodyKnows_IsRefused(string field, bool passes)
    {
        using LimitedGateway limited = new("  - { name: house, per: all, budget: { usd: 5, per: day } }");
        limited.Upstream.Answer(ScriptedResponse.Json("{}"));
        ClientCall call = await limited.ChatAsync(
            "voice",
            $$"""{"model":"voice","max_completion_tokens":64,"messages":[{"role":"user","content":"hi"}],{{field}}}""");

        Assert.Equal(
            passes, !call.Text.Contains("what azure/voice-a says aloud may cost more", StringComparison.Ordinal));
        Assert.Equal(passes ? 1 : 0, limited.Upstream.Seen.Count);
    }

    /// <summary>It is asked by the name that it has there, and as its model takes it.</summary>
    [Fact]
    public async Task Traits_AreThoseOfItsModel()
    {
        using LimitedGateway limited = new("  - { name: house, per: all, budget: { usd: 5, per: day } }");
        limited.Upstream.Answer(ScriptedResponse.Json("{}"));
        await limited.ChatAsync(
            "thinker",
            """{"model":"thinker","max_tokens":64,"temperature":0,"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal(
            """{"model":"thinker","messages":[{"role":"user","content":"hi"}],"max_completion_tokens":64}""",
            Assert.Single(limited.Upstream.Seen).Body);
    }
}
