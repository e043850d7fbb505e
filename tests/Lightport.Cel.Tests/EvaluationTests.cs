namespace Lightport.Cel.Tests;

public sealed class EvaluationTests
{
    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("-7 / 2", "-3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("7u / 2u", "3")]
    [InlineData("1.0 / 4.0", "0.25")]
    [InlineData("'a' + 'b'", "ab")]
    [InlineData("[1] + [2, 3]", "[1, 2, 3]")]
    [InlineData("-9223372036854775808", "-9223372036854775808")]
    [InlineData("0xff", "255")]
    [InlineData("1 in [3, 2, 1]", "true")]
    [InlineData("'k' in {'k': 1}", "true")]
    [InlineData("{'a': {'b': 7}}.a.b", "7")]
    [InlineData("true ? 1 : 1 / 0", "1")]
    [InlineData("type(1u) == uint", "true")]
    [InlineData("dyn(1) == 1u && dyn(1u) == 1.0", "true")]
    [InlineData("[1.0, 2u] == [1, 2]", "true")]
    [InlineData("double('NaN') == double('NaN')", "false")]
    [InlineData("{1: 'a'}[dyn(1u)]", "a")]
    [InlineData("'\\u270c'.size()", "1")]
    [InlineData("size('😀')", "1")]
    [InlineData("'\\U0000FFFD' < '😀'", "true")]
    [InlineData("cel.bind(x, 3, x * x)", "9")]
    [InlineData("{}.?a.orValue(5)", "5")]
    [InlineData("optional.of(1).orValue(1 / 0)", "1")]
    [InlineData("[?optional.none(), 2]", "[2]")]
    [InlineData("optional.of(2).optMap(x, x + 1).value()", "3")]
    [InlineData("base64.encode(b'\\xff')", "/w==")]
    public void Expressions_HaveTheirValue(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Theory]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("-(-9223372036854775808)")]
    [InlineData("0u - 1u")]
    [InlineData("5000000000 * 5000000000")]
    [InlineData("9223372036854775807u * 3u")]
    [InlineData("1 / 0")]
    [InlineData("1u % 0u")]
    [InlineData("int(1e99)")]
    [InlineData("uint(-1)")]
    [InlineData("int('one')")]
    [InlineData("string(b'\\xff')")]
    [InlineData("[1][1]")]
    [InlineData("{'a': 1}.b")]
    [InlineData("{'a': 1, 'a': 2}")]
    [InlineData("optional.none().value()")]
    [InlineData("duration('300000000000s')")]
    [InlineData("timestamp('9999-12-31T23:59:59Z') + duration('1s')")]
    public void Expressions_ThatFail_AreErrors(string expression) =>
        Assert.True(Language.Evaluate(expression).IsError);

    /// <summary>An operand that settles the whole does so before or behind one that fails.</summary>
    [Theory]
    [InlineData("1 / 0 > 1 && false", "false")]
    [InlineData("false && 1 / 0 > 1", "false")]
    [InlineData("1 / 0 > 1 || true", "true")]
    [InlineData("[0, 1].exists(x, 1 / x == 1)", "true")]
    [InlineData("[0, 1].all(x, 1 / x == 2)", "false")]
    [InlineData("1 / 0 > 1 && true", "division by zero")]
    [InlineData("[0, 1].exists(x, 1 / x == 2)", "division by zero")]
    [InlineData("[0, 1].exists_one(x, 1 / x == 1)", "division by zero")]
    [InlineData("[0, 1].map(x, 1 / x)", "division by zero")]
    public void Errors_AreAbsorbedOnlyWhereTheRestSettlesIt(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Theory]
    [InlineData("[1, 2, 3].all(x, x > 0)", "true")]
    [InlineData("[1, 2, 3].exists_one(x, x > 2)", "true")]
    [InlineData("[1, 2, 3].filter(x, x != 2)", "[1, 3]")]
    [InlineData("[1, 2, 3].map(x, x > 1, x * x)", "[4, 9]")]
    [InlineData("{'a': 1, 'b': 2}.map(k, k)", "[a, b]")]
    [InlineData("[5, 6].transformList(i, v, i + v)", "[5, 7]")]
    [InlineData("{'a': 1, 'b': 2}.transformMap(k, v, v > 1, v * 2)", "{b: 4}")]
    [InlineData("['a', 'b'].transformMapEntry(i, v, {v: i})", "{a: 0, b: 1}")]
    [InlineData("[[1], [2, 3]].map(x, x.map(y, y * 2))", "[[2], [4, 6]]")]
    [InlineData("[1].map(x, [2].map(x, x)[0] + x)", "[3]")]
    public void Macros_GoOverListsAndMaps(string expression, string value) =>
        Assert.Equal(value, Language.Evaluate(expression).ToString());

    [Fact]
    public void UncheckedNames_ThatAreNotDeclared_FailWhenTheyAreEvaluated()
    {
        Assert.True(Language.Evaluate("nothing || true", isChecked: false).IsTrue);
        Assert.Equal("undeclared reference to 'nothing'", Language.Evaluate("nothing", isChecked: false).ErrorMessage);
        Assert.True(Language.Evaluate("1 < 'a'", isChecked: false).IsError);
    }

    [Fact]
    public void Names_AreLookedForInTheContainerFirst()
    {
        CelEnvironment environment = new(
            [new CelVariable("a.b.x", CelType.Int), new CelVariable("x", CelType.Int)], container: "a.b");
        (string, CelValue)[] bound = [("a.b.x", CelValue.Of(1L)), ("x", CelValue.Of(2L))];

        Assert.Equal(1, Language.Evaluate(environment.Compile("x"), environment, bound).AsInt());
        Assert.Equal(2, Language.Evaluate(environment.Compile(".x"), environment, bound).AsInt());
    }
}
