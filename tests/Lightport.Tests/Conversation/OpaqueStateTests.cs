using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Conversation;

public class OpaqueStateTests
{
    [Theory]
    [InlineData(null, null, "lp1.")]
    [InlineData("team-openai", "gpt-5.6", "lp2.")]
    [InlineData("räume.und/punkte", null, "lp2.")]
    [InlineData(null, "m", "lp2.")]
    public void Envelope_OfAnyMaker_ComesBack(string? account, string? model, string version)
    {
        var state = new OpaqueState(StateFormats.OpenAI, "d.ä\u0001", Redacted: true) { Account = account, Model = model };

        string envelope = state.ToEnvelope();

        Assert.StartsWith(version, envelope, StringComparison.Ordinal);
        Assert.True(OpaqueState.IsEnvelope(System.Text.Encoding.UTF8.GetBytes(envelope)));
        Assert.Equal(state, OpaqueState.FromSlot(envelope, StateFormats.Anthropic));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("gpt-5.6")]
    public void Envelope_OfAnItem_NamesIt(string? model)
    {
        var state = new OpaqueState(StateFormats.OpenAI, "d.ä") { Model = model, Item = "rs.1" };

        Assert.StartsWith("lp3.", state.ToEnvelope(), StringComparison.Ordinal);
        Assert.Equal(state, OpaqueState.FromSlot(state.ToEnvelope(), StateFormats.Anthropic));
    }

    [Fact]
    public void Envelope_WithoutAMaker_IsReadAsEver() => Assert.Equal(
        new OpaqueState(StateFormats.Gemini, "sig"),
        OpaqueState.FromSlot("lp1.google-gemini-v1.s.c2ln", StateFormats.Anthropic));

    [Fact]
    public void Envelope_OfAnEndlessName_LeavesItOut()
    {
        var state = new OpaqueState(StateFormats.Gemini, "sig") { Account = "a", Model = new string('m', 4096) };

        Assert.Equal(state with { Model = null }, OpaqueState.FromSlot(state.ToEnvelope(), StateFormats.Anthropic));
    }

    [Theory]
    [InlineData("lp2.f.s.a.b")]
    [InlineData("lp2.f.x.YQ.YQ.YQ")]
    [InlineData("lp2.f.s.?.YQ.YQ")]
    [InlineData("lp2.f.s.YQ.YQ.YQ.YQ")]
    [InlineData("lp3.f.s.YQ.YQ.YQ")]
    public void Slot_WithNoEnvelope_IsTheSlotsOwn(string text) =>
        Assert.Equal(new OpaqueState(StateFormats.Anthropic, text), OpaqueState.FromSlot(text, StateFormats.Anthropic));

    [Theory]
    [InlineData("a", "m", true)]
    [InlineData("a", null, true)]
    [InlineData(null, null, true)]
    [InlineData("b", "m", false)]
    [InlineData("a", "n", false)]
    public void Reading_IsForItsMaker_AsFarAsThatIsKnown(string? account, string? model, bool can)
    {
        var state = new OpaqueState(StateFormats.OpenAI, "enc") { Account = account, Model = model };

        Assert.Equal(can, state.CanBeReadBy(StateFormats.OpenAI, "a", "m"));
        Assert.False(state.CanBeReadBy(StateFormats.Anthropic, "a", "m"));
    }

    [Fact]
    public void Maker_SignsWhatIsToldAndWhatIsWhole()
    {
        var maker = new StateMaker("a", "m");
        var state = new OpaqueState(StateFormats.OpenAI, "enc");
        OpaqueState signed = state with { Account = "a", Model = "m" };
        var text = new StreamEvent.TextDelta(0, "x");
        var part = new ReasoningPart("t") { State = state };

        Assert.Same(text, maker.Sign(text));
        Assert.Equal(
            new StreamEvent.PartEnd(0) { State = signed }, maker.Sign(new StreamEvent.PartEnd(0) { State = state }));
        Assert.Equal(
            new StreamEvent.PartStart(0, part with { State = signed }), maker.Sign(new StreamEvent.PartStart(0, part)));
        var whole = new ChatResponse { Choices = [new ChatChoice(0, [part], new Finish(FinishReason.Stop))] };
        Assert.Equal([part with { State = signed }], maker.Sign(whole).Choices[0].Parts);
    }
}
