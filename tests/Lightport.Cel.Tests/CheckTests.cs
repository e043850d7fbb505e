namespace Lightport.Cel.Tests;

public sealed class CheckTests
{
    private static readonly CelType Request = CelType.Object("request", new Dictionary<string, CelType>
    {
        ["model"] = CelType.String,
        ["tools"] = CelType.List(CelType.String),
        ["max_tokens"] = CelType.Int,
    });

    private static readonly CelEnvironment Gateway = new(
    [
        new("request", Request),
        new("headers", CelType.Map(CelType.String, CelType.String)),
        new("now", CelType.Timestamp),
    ]);

    [Theory]
    [InlineData("requst.model", "1:1: undeclared reference to 'requst'; did you mean 'request'?")]
    [InlineData("request.modl == 'a'", "1:8: 'request' has no field 'modl'; did you mean 'model'?")]
    [InlineData("request.model.startWith('a')", "1:15: undeclared function 'startWith'; did you mean 'startsWith'?")]
    [InlineData("math.signn(1)", "1:6: undeclared function 'math.signn'; did you mean 'math.sign'?")]
    [InlineData("true &&\n  request.model", "2:10: an operand of && is bool, not string")]
    [InlineData("now.year", "1:4: timestamp has no fields to select 'year' from")]
    [InlineData("request.max_tokens.all(x, true)", "1:8: only a list or a map can be gone over, not int")]
    [InlineData("{1.5: 2}", "1:2: a map's key is int, uint, bool or string, not double")]
    [InlineData("[?1]", "1:3: an optional value is expected after '?', not int")]
    [InlineData("request.model == 5", "1:15: == cannot compare string with int: write both as one type")]
    [InlineData("request.max_tokens > '5'", "1:20: > cannot compare int with string: write both as one type")]
    [InlineData("request.tools < request.tools", "1:15: list(string) has no order, so that < cannot compare two of them")]
    [InlineData(
        "now.getHours('Europe/Nowhere') > 3",
        "1:14: a time zone is a name such as Europe/Berlin, or an offset such as -02:30")]
    [InlineData("'ä😀' + 1", "1:6: there is no string + int, but")]
    [InlineData(
        "request.model in [1]", "1:15: there is no string in list(int), but A in list(A), A in map(A, B)")]
    [InlineData("model == 'a'", "1:1: undeclared reference to 'model'; did you mean 'request.model'?")]
    [InlineData("team == 'a'", "1:1: undeclared reference to 'team'; known are headers, now, request")]
    [InlineData("request.tags == 'a'", "1:8: 'request' has no field 'tags'; known are max_tokens, model, tools")]
    [InlineData("1.5 > 1", "1:5: > cannot compare double with int: write both as one type, as in 5.0")]
    [InlineData(
        "request.model.matches('(')",
        "1:23: the pattern is no regular expression: insufficient closing parentheses")]
    public void Mistakes_AreToldWithTheirPlaceAndWhatWouldBeRight(string expression, string issue) =>
        Assert.StartsWith(issue, Language.Issue(expression, Gateway), StringComparison.Ordinal);

    [Fact]
    public void Mistakes_AreToldAllAtOnce() => Assert.Equal(
        ["1:1", "1:11"],
        Assert.Throws<CelCheckException>(() => Gateway.Compile("unknown + another"))
            .Issues.Select(issue => $"{issue.Line}:{issue.Column}"));

    [Theory]
    [InlineData("request.tools", "list(string)")]
    [InlineData("request.tools.map(t, t.size())", "list(int)")]
    [InlineData("headers['a']", "string")]
    [InlineData("headers.?a", "optional_type(string)")]
    [InlineData("[1, 'a']", "list(dyn)")]
    [InlineData("[]", "list(dyn)")]
    [InlineData("[[], [1]]", "list(list(int))")]
    [InlineData("now - now", "duration")]
    [InlineData("type(request.max_tokens)", "type(int)")]
    public void Types_AreFound(string expression, string type) =>
        Assert.Equal(type, Gateway.Compile(expression).ResultType.ToString());

    /// <summary>Each level's map has the one before as its key and as its value: 2^40 types, written out.</summary>
    [Fact]
    public void Types_ThatWouldGrowWithoutEnd_BecomeDynamic()
    {
        string expression = "m39";
        for (int level = 39; level > 0; level--)
        {
            (string map, string before) = ($"m{level}", $"m{level - 1}");
            expression = $"cel.bind({map}, {{}}, cel.bind(same, {map}[{before}] == {before}, {expression}))";
        }

        CelType type = Gateway.Compile($"cel.bind(m0, 1, {expression})").ResultType;
        Assert.Contains("dyn", type.ToString(), StringComparison.Ordinal);
    }
}
