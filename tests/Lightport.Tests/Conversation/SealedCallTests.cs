using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

/// <summary>Ids that clients bring back are the gateway's own, and of just what they were made for.</summary>
public sealed class SealedCallTests
{
    private const string Prefix = "mcp_";

    /// <summary>What ends the id of a question.</summary>
    private const string Place = "_req_1_0";

    private static readonly IdSeal Seal = new("a secret");

    private static readonly DateTimeOffset Asked = DateTimeOffset.FromUnixTimeSeconds(1_790_000_000);

    public static TheoryData<int, string, string> Calls => new()
    {
        { 0, "call_0aZ-_", "find" },
        { 31, "toolu_01", "docs__find" },
        { 2, "", "find" },
        { 0, "call.1/ü\n2", "a\tb" },
        { 7, new string('x', 300), "find" },
        { 1, "0p1e2", "find" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void Id_ThatComesBack_SaysWhatItWasMadeOf(int round, string callId, string name)
    {
        var call = new SealedCall(round, callId, name);
        string id = call.SealCall(Seal, Prefix, "docs", "find");

        Assert.Matches("^mcp_lpm_[a-zA-Z0-9_-]+$", id);
        Assert.True(SealedCall.TryOpenCall(Seal, id, Prefix, "docs", "find", out SealedCall? opened));
        Assert.Equal(call, opened);
    }

    [Theory]
    [InlineData("call_1", """{"q": "a"}""")]
    [InlineData("call.1/ü\n2", "{\n}")]
    [InlineData("", "{broken")]
    public void Id_OfACallThatIsSpelledOtherwise_SaysHow(string callId, string spelling)
    {
        var call = new SealedCall(1, callId, "docs__find") { Spelling = spelling };
        string id = call.SealCall(Seal, Prefix, "docs", "find");

        Assert.Matches("^mcp_lpm_[a-zA-Z0-9_-]+$", id);
        Assert.True(SealedCall.TryOpenCall(Seal, id, Prefix, "docs", "find", out SealedCall? opened));
        Assert.Equal(call, opened);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"q": 1}""")]
    public void Id_WithAnyLetterChanged_IsRefused(string? spelling)
    {
        var call = new SealedCall(3, "call_1", "docs__find") { Spelling = spelling };
        string id = call.SealCall(Seal, Prefix, "docs", "find");

        for (int i = 0; i < id.Length; i++)
        {
            string changed = string.Concat(id.AsSpan(0, i), id[i] == 'A' ? "B" : "A", id.AsSpan(i + 1));
            Assert.False(SealedCall.TryOpenCall(Seal, changed, Prefix, "docs", "find", out _), changed);
            Assert.False(SealedCall.TryOpenCall(Seal, id[..i], Prefix, "docs", "find", out _), id[..i]);
        }
    }

    [Theory]
    [InlineData("crm", "find")]
    [InlineData("docs", "drop")]
    [InlineData("doc", "sfind")]
    public void Id_OfAnotherTool_IsRefused(string server, string tool)
    {
        string id = new SealedCall(0, "call_1", "f").SealCall(Seal, Prefix, "docs", "find");

        Assert.False(SealedCall.TryOpenCall(Seal, id, Prefix, server, tool, out _));
    }

    [Fact]
    public void Id_OfAnotherSeal_IsRefused()
    {
        string id = new SealedCall(0, "call_1", "find").SealCall(IdSeal.OfThisProcess(), Prefix, "docs", "find");

        Assert.False(SealedCall.TryOpenCall(Seal, id, Prefix, "docs", "find", out _));
    }

    [Fact]
    public void Question_IsBoundToItsArguments()
    {
        string id = Question(Seal);

        Assert.True(IsQuestion(Seal, id, out SealedCall? opened));
        Assert.Equal(new SealedCall(0, "call_1", "find") { AskedAt = Asked }, opened);
        Assert.False(IsQuestion(Seal, id, out _, arguments: """{"q":2}"""));
    }

    [Theory]
    [InlineData("_req_2_0")]
    [InlineData("_req_1_1")]
    [InlineData("_reQ_1_0")]
    [InlineData("")]
    public void Question_IsBoundToWhatEndsItsId(string place)
    {
        string id = Question(Seal);

        Assert.False(IsQuestion(Seal, id[..^Place.Length] + place, out _, place: place));
    }

    [Fact]
    public void Question_IsBoundToWhenItWasAsked()
    {
        string id = Question(Seal);

        Assert.False(IsQuestion(Seal, id.Replace("t179", "t180", StringComparison.Ordinal), out _));
        Assert.False(IsQuestion(Seal, id.Replace("t1790000000", "", StringComparison.Ordinal), out _));
    }

    [Fact]
    public void Question_IsForWhoWasAskedAlone()
    {
        string id = Question(Seal.For("key_a"));

        Assert.True(IsQuestion(new IdSeal("a secret").For("key_a"), id, out _));
        Assert.False(IsQuestion(Seal.For("key_b"), id, out _));
        Assert.False(IsQuestion(Seal, id, out _));
    }

    [Fact]
    public void Id_ThatReadsAlikeAndIsWrittenOtherwise_IsRefused()
    {
        string id = Question(Seal);
        int round = id.IndexOf("0t1790000000pcall_1", StringComparison.Ordinal);

        Assert.False(IsQuestion(Seal, id.Insert(round, "0"), out _));
    }

    [Fact]
    public void Question_IsNoCall()
    {
        var call = new SealedCall(0, "call_1", "find");

        Assert.False(SealedCall.TryOpenCall(
            Seal, call.SealApproval(Seal, Prefix, "docs", "find", "{}", ""), Prefix, "docs", "find", out _));
    }

    private static string Question(IdSeal seal) => new SealedCall(0, "call_1", "find") { AskedAt = Asked }
        .SealApproval(seal, "mcpr_", "docs", "find", """{"q":1}""", Place);

    private static bool IsQuestion(
        IdSeal seal,
        string id,
        out SealedCall? opened,
        string arguments = """{"q":1}""",
        string place = Place) =>
        SealedCall.TryOpenApproval(seal, id, "mcpr_", "docs", "find", arguments, place, out opened);
}
