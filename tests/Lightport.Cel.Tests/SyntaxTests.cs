namespace Lightport.Cel.Tests;

public sealed class SyntaxTests
{
    [Theory]
    [InlineData("", "1:1: unexpected end; a value is expected here")]
    [InlineData("1 +", "1:4: unexpected end; a value is expected here")]
    [InlineData("1 2", "1:3: unexpected '2'; an operator or the end is expected here")]
    [InlineData("1 'a'", "1:3: unexpected literal; an operator or the end is expected here")]
    [InlineData(
        "a and b", "1:3: unexpected 'and'; an operator or the end is expected here, and 'and' is written &&")]
    [InlineData("a OR b", "1:3: unexpected 'OR'; an operator or the end is expected here, and 'or' is written ||")]
    [InlineData("not a", "1:5: unexpected 'a'; an operator or the end is expected here, and 'not' is written !")]
    [InlineData("a = 1", "1:3: unexpected character '='; to compare, write ==")]
    [InlineData("(1", "1:3: unexpected end; ')' is expected here")]
    [InlineData("f(1,)", "1:5: unexpected ')'; an argument is expected here")]
    [InlineData("'abc", "1:1: the text that begins here is not closed with '")]
    [InlineData("'a\\q'", "1:3: there is no such escape")]
    [InlineData("'\\ud800'", "1:2: there is no such escape")]
    [InlineData("9223372036854775808", "1:1: 9223372036854775808 is out of the range of 64 bits")]
    [InlineData("for + 1", "1:1: 'for' is reserved")]
    [InlineData("has(1)", "1:1: has() takes one field")]
    [InlineData("[1].map(1, 2)", "1:9: a variable's name is expected here")]
    [InlineData("[1].all(x, x, true)", "1:12: 'x' is the first variable's name already")]
    [InlineData("T{a: 1}", "1:2: messages cannot be made here")]
    [InlineData("!-x", "1:2: unexpected '-'")]
    public void Texts_ThatAreNoExpressions_AreRefusedWhereTheyGoWrong(string expression, string issue) =>
        Assert.StartsWith(issue, Language.Issue(expression), StringComparison.Ordinal);

    [Theory]
    [InlineData("1 // a comment", "1")]
    [InlineData("[1, 2,]", "[1, 2]")]
    [InlineData("{'a-b': 1}.`a-b`", "1")]
    [InlineData("r'\\n'", "\\n")]
    [InlineData("'''a'b'''", "a'b")]
    [InlineData(".5 + 1e1", "10.5")]
    [InlineData("--1", "1")]
    [InlineData("true && false || true", "true")]
    [InlineData("1 < 2 == true", "true")]
    [InlineData("{'in': 1}.in2", "no such key: in2")]
    public void Texts_AreRead(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("size([", "])")]
    [InlineData("true ? 1 : ", "")]
    public void Nesting_IsBounded(string open, string close)
    {
        string expression = $"{Repeated(open)}1{Repeated(close)}";
        Assert.Contains("nested more than", Language.Issue(expression), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData("[0]")]
    [InlineData(".a")]
    public void Chains_AreBounded(string link) =>
        Assert.Contains("nested more than", Language.Issue($"1{Repeated(link)}"), StringComparison.Ordinal);

    [Fact]
    public void Conditions_OfAnyNumber_AreOneLevel() =>
        Assert.True(Language.Evaluate(string.Join(" && ", Enumerable.Repeat("true", 2_000))).IsTrue);

    [Fact]
    public void Length_IsBounded() =>
        Assert.Contains("longer than 16384", Language.Issue(new string('1', 16_385)), StringComparison.Ordinal);

    private static string Repeated(string text) => string.Concat(Enumerable.Repeat(text, 1_000));
}
