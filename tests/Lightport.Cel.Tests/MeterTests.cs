namespace Lightport.Cel.Tests;

public sealed class MeterTests
{
    private const string Ten = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]";

    private static readonly CelEnvironment Empty = new([]);

    [Theory]
    [InlineData(Ten + ".all(a, " + Ten + ".all(b, " + Ten + ".all(c, " + Ten + ".all(d, " + Ten + ".all(e, "
        + Ten + ".all(f, " + Ten + ".all(g, true)))))))")]
    [InlineData("[[1]].map(x, true || false).map(x, " + Ten + ".map(a, " + Ten + ".map(b, " + Ten + ".map(c, " + Ten
        + ".map(d, " + Ten + ".map(e, " + Ten + ".map(f, 'text'.matches('t' + 'ex'))))))))")]
    public void Loops_EndWhereTheMeterDoes(string expression)
    {
        CelMeter meter = new(10_000);
        CelValue value = Empty.Compile(expression).Evaluate(Empty.Bind(), meter);
        Assert.Equal("the evaluation costs more than 10000", value.ErrorMessage);
        Assert.Equal(10_000, meter.Spent);
    }

    [Theory]
    [InlineData("v + v")]
    [InlineData("[v, v].join()")]
    [InlineData("v.replace('a', 'aa')")]
    [InlineData("'%s%s'.format([v, v])")]
    [InlineData("string(bytes(v) + bytes(v))")]
    public void Texts_CannotGrowWithoutEnd(string doubled)
    {
        string expression = "v";
        for (int level = 0; level < 60; level++)
        {
            expression = $"cel.bind(v, {doubled}, {expression})";
        }

        CelValue value = Language.Evaluate($"cel.bind(v, 'a', {expression})");
        Assert.Contains("costs more", value.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_OfThemselves_CannotBeComparedWithoutEnd()
    {
        string expression = "v == w";
        for (int level = 0; level < 40; level++)
        {
            expression = $"cel.bind(v, [v, v], cel.bind(w, [w, w], {expression}))";
        }

        CelValue value = Language.Evaluate($"cel.bind(v, dyn(1), cel.bind(w, dyn(1), {expression}))", isChecked: false);
        Assert.Contains("costs more", value.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_OfTheMeter_AreAbsorbedByNothing() => Assert.Contains(
        "costs more",
        Empty.Compile($"{Ten}.all(x, x > 0) || true").Evaluate(Empty.Bind(), new CelMeter(3)).ErrorMessage,
        StringComparison.Ordinal);

    [Fact]
    public void Evaluations_StopAtACancellation()
    {
        CelMeter meter = new(cancellation: new CancellationToken(true));
        CelValue value = Empty.Compile($"{Ten}.map(x, x)").Evaluate(Empty.Bind(), meter);
        Assert.Equal("the evaluation was cancelled", value.ErrorMessage);
    }
}
