using Lightport.Cel.Functions;

namespace Lightport.Cel.Tests;

public sealed class PatternTests
{
    [Theory]
    [InlineData("gpt-4o", "^gpt-[0-9]", true)]
    [InlineData("banana", "ba(na)*$", true)]
    [InlineData("a\n", "a$", false)]
    [InlineData("a\nb", "(?m)a$", true)]
    [InlineData("٣", "\\d", false)]
    [InlineData("é", "\\w", false)]
    [InlineData("😀", "^.$", true)]
    [InlineData("😀", "^[^a]$", true)]
    [InlineData("😀😀", "^😀{2}$", true)]
    [InlineData("A", "(?i:a)", true)]
    [InlineData("a#b c", "a#b c", true)]
    [InlineData("x[y", "[[]", true)]
    [InlineData("a1", "^[[:alpha:]][[:digit:]]$", true)]
    [InlineData("a.b", "^\\Qa.b\\E$", true)]
    [InlineData("ab", "(?P<first>a)(?<second>b)", true)]
    [InlineData("{", "^{$", true)]
    [InlineData("Ä", "^\\p{Lu}$", true)]
    public void Patterns_AreThoseOfRe2(string text, string pattern, bool isMatch)
    {
        CelEnvironment environment = new([new("text", CelType.String), new("pattern", CelType.String)]);
        (string, CelValue)[] bound = [("text", CelValue.Of(text)), ("pattern", CelValue.Of(pattern))];
        CelProgram program = environment.Compile("text.matches(pattern)");
        Assert.Equal(isMatch ? "true" : "false", Language.Evaluate(program, environment, bound).ToString());
    }

    [Theory]
    [InlineData("(a)\\\\1")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)")]
    [InlineData("(?<!a)")]
    [InlineData("(?>a)")]
    [InlineData("(?(a)b)")]
    [InlineData("(?<a-b>c)")]
    [InlineData("(?#c)")]
    [InlineData("\\\\k<a>")]
    [InlineData("\\\\Z")]
    [InlineData("(")]
    [InlineData("[a")]
    [InlineData("a{1001}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("a{999}b{999}c{999}d{999}e{999}f{999}g{999}h{999}i{999}j{999}k{999}")]
    [InlineData("[😀]")]
    [InlineData("\\\\p{IsGreek}")]
    public void Patterns_ThatRe2HasNot_AreRefusedWhereTheyStand(string pattern) =>
        Assert.StartsWith("1:13: ", Language.Issue($"'a'.matches('{pattern}')"), StringComparison.Ordinal);

    /// <summary>A pattern that would take for ever with backtracking.</summary>
    [Fact]
    public void Patterns_TakeTimeThatGrowsWithTheTextAlone()
    {
        string text = new('a', 8_000);
        Assert.True(Language.Evaluate($"'{text}!'.matches('^(a+)+$')").IsFalse);
    }

    /// <summary>A pattern that keeps five hundred parts alive at each character is paid for by all of them.</summary>
    [Fact]
    public void Patterns_ArePaidForByTheirParts()
    {
        CelEnvironment environment = new([new("text", CelType.String)]);
        CelProgram program = environment.Compile("text.matches('(a|b)*a(a|b){500}')");
        CelBindings bindings = environment.Bind();
        bindings["text"] = CelValue.Of(new string('a', 100_000));

        CelValue value = program.Evaluate(bindings, new CelMeter());
        Assert.Equal("the evaluation costs more than 1000000", value.ErrorMessage);
    }

    [Fact]
    public void Patterns_OfRandomPieces_AreMatchedOrRefused()
    {
        string[] pieces =
        [
            "a", "😀", ".", "^", "$", "(", ")", "(?:", "(?i)", "(?m:", "(?P<n>", "(?<", "(?-s", "[", "]", "[^", "[:alpha:]",
            "[:", "-", "*", "+?", "?", "{2}", "{2,", "{", "}", "{1000}", "|", "\\", "\\d", "\\D", "\\x", "\\x{", "\\x{41}",
            "\\p", "\\p{", "\\pL", "\\P{Lu}", "\\Q", "\\E", "\\b", "\\C", "#", " ", "&&", "~",
        ];
        Random random = new(20_260_104);
        int compiled = 0;
        for (int round = 0; round < 3_000; round++)
        {
            string pattern = string.Concat(random.GetItems(pieces, random.Next(1, 8)));
            if (Patterns.TryCompile(pattern, out string complaint) is { } made)
            {
                compiled++;
                Assert.Equal(CelKind.Bool, made.IsMatch("aA😀\n#", new CelMeter()).Kind);
            }
            else
            {
                Assert.NotEmpty(complaint);
            }
        }

        Assert.True(compiled > 100, $"{compiled}");
    }
}
