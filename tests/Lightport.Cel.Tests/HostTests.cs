namespace Lightport.Cel.Tests;

public sealed class HostTests
{
    private static readonly CelEnvironment Environment = new(
        [
            new("prompt", CelType.Object("prompt", new Dictionary<string, CelType> { ["text"] = CelType.String })),
            new("n", CelType.Int),
        ],
        [
            new CelFunction("twice", CelOverload.Global([CelType.Int], CelType.Int, (arguments, _) =>
                CelValue.Of(arguments[0].AsInt() * 2))),
        ]);

    [Fact]
    public void Fields_AreLookedUpOnlyWhereTheyAreAskedFor()
    {
        Prompt prompt = new("hello");
        (string, CelValue)[] bound = [("prompt", CelValue.Of(prompt)), ("n", CelValue.Of(1L))];

        Assert.True(Evaluate("n == 2 && prompt.text == 'hello'", bound).IsFalse);
        Assert.Equal(0, prompt.Lookups);
        Assert.True(Evaluate("n == 1 && prompt.text == 'hello'", bound).IsTrue);
        Assert.Equal(1, prompt.Lookups);
    }

    [Fact]
    public void Fields_ThatAreMissing_AreErrorsAndNeverFalse()
    {
        CelValue value = Evaluate("prompt.text == 'hello'", ("prompt", CelValue.Of(new Prompt(null))));
        Assert.Equal("no such key: text", value.ErrorMessage);
    }

    [Fact]
    public void Variables_ThatAreNotBound_AreErrors() =>
        Assert.Equal("nothing is bound to 'n'", Evaluate("n == 1").ErrorMessage);

    [Fact]
    public void Variables_OfAHost_AreLookedUpOnceAndOnlyWhereTheyAreRead()
    {
        Variables host = new();
        CelBindings bindings = Environment.Bind(host);
        CelProgram program = Environment.Compile("n == 2 || n == 3 && prompt.text == 'x'");

        Assert.Equal("nothing is bound to 'prompt'", program.Evaluate(bindings, new CelMeter()).ErrorMessage);
        Assert.Equal("nothing is bound to 'prompt'", program.Evaluate(bindings, new CelMeter()).ErrorMessage);
        Assert.Equal(["n", "prompt"], host.Asked);
    }

    [Theory]
    [InlineData("n == 1", "1")]
    [InlineData("2 == n && prompt.text == 'x'", "2")]
    [InlineData("n in [1, 2] || n == 3 && prompt.text == 'x'", "1, 2, 3")]
    [InlineData("n in [1, 2] && n in [2, 3]", "2")]
    [InlineData("n == 1 && prompt.text == 'x' && n == 2", "")]
    [InlineData("n == 1 || prompt.text == 'x'", null)]
    [InlineData("n != 1", null)]
    [InlineData("!(n == 1)", null)]
    public void Choices_OfAPath_AreWhatItMustHaveOneOf(string condition, string? choices) => Assert.Equal(
        choices,
        Environment.Compile(condition).ChoicesOf("n") is { } found ? string.Join(", ", found) : null);

    [Fact]
    public void Functions_OfTheHost_AreCalled() =>
        Assert.Equal(14, Evaluate("twice(n)", ("n", CelValue.Of(7L))).AsInt());

    [Fact]
    public void Comparisons_AllocateNothing()
    {
        CelProgram program = Environment.Compile(
            "n > 3 && n + 1 != 7 && prompt.text == 'hello' && prompt.text in ['hello', 'x']");
        CelBindings bindings = Environment.Bind();
        bindings["n"] = CelValue.Of(5L);
        bindings["prompt"] = CelValue.Of(new Prompt("hello"));
        CelMeter meter = new();
        Assert.True(program.Evaluate(bindings, meter).IsTrue);

        long before = GC.GetAllocatedBytesForCurrentThread();
        program.Evaluate(bindings, meter);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static CelValue Evaluate(string expression, params (string, CelValue)[] bound) =>
        Language.Evaluate(Environment.Compile(expression), Environment, bound);

    private sealed class Variables : ICelObject
    {
        public List<string> Asked { get; } = [];

        public bool TryGetField(string name, out CelValue value)
        {
            Asked.Add(name);
            value = CelValue.Of(3L);
            return name == "n";
        }
    }

    private sealed class Prompt(string? text) : ICelObject
    {
        private readonly CelValue _text = text is null ? CelValue.Null : CelValue.Of(text);

        public int Lookups { get; private set; }

        public bool TryGetField(string name, out CelValue value)
        {
            Lookups++;
            value = _text;
            return text is not null;
        }
    }
}
