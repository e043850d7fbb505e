using Lightport.Conversation;

namespace Lightport.Tests.Conversation;

/// <summary>What every client writes as it has read it, and what each writes in its own way.</summary>
public sealed class CallSpellingTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"q":"a b, c: [d]","n":-12,"list":[true,null,{"x":0}]}""")]
    public void Everybodys(string arguments) => Assert.True(CallSpelling.IsEverybodys(arguments));

    [Theory]
    [InlineData("""{"q": "a"}""")]
    [InlineData("{ }")]
    [InlineData("""{"q":1.50}""")]
    [InlineData("""{"q":1e3}""")]
    [InlineData("""{"q":12345678901234567890}""")]
    [InlineData("""{"q":-0}""")]
    [InlineData("""{"q":"ü"}""")]
    [InlineData("""{"q":"a\u0062"}""")]
    [InlineData("""{"q":"a<b"}""")]
    [InlineData("""{"b":1,"2":2}""")]
    [InlineData("""{"q":1,"q":2}""")]
    [InlineData("""{"q":1""")]
    [InlineData("[]")]
    [InlineData("")]
    public void NotEverybodys(string arguments) => Assert.False(CallSpelling.IsEverybodys(arguments));

    /// <summary>Python's <c>json.dumps</c> puts a space behind each colon and comma.</summary>
    [Theory]
    [InlineData("""{"q": "a b", "n": [1, 2]}""", """{"q":"a b","n":[1,2]}""")]
    [InlineData("{\n  \"q\": \"a\\\" : b\"\n}", """{"q":"a\" : b"}""")]
    public void Plainly_LeavesOutWhatStandsBetween(string brought, string told) =>
        Assert.Equal(told, CallSpelling.Plainly(brought));
}
