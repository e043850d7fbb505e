using System.Text;

namespace Lightport.Cel.Tests;

/// <summary>Nothing that is written down brings the library to anything but its own errors.</summary>
public sealed class FuzzTests
{
    private const int Rounds = 4_000;

    private static readonly string[] Pieces =
    [
        "1", "-1", "9223372036854775807", "2u", "1.5", "'a😀'", "b'\\xff'", "true", "null", "x", "x.y", "[1, 'a']", "{}",
        "{'a': 1}", "optional.of(1)", "duration('1h')", "timestamp(0)", "(", ")", "[", "]", "{", "}", " + ", " - ",
        " * ", " / ", " % ", " == ", " < ", " && ", " || ", " in ", "!", "-", "?", ":", ".", ",", ".?", "[?0]", "size(",
        "has(x.y)", ".all(a, ", ".map(a, ", ".exists(a, b, ", "a", ".format([", ".matches('", "')", "'(a+)+'",
        ".split('', ", "int(", "string(", "cel.bind(v, ", "v", ".replace('', 'b')", "math.greatest(", "`q`", "//", "\n",
        "\\", "'", "\"", "@",
    ];

    private static readonly CelEnvironment Environment = new([new("x", CelType.Dyn), new("a", CelType.Dyn)]);

    [Fact]
    public void Expressions_OfRandomPieces_GiveValuesOrTheLibrarysErrors()
    {
        Random random = new(20_260_101);
        int compiled = 0;
        for (int round = 0; round < Rounds; round++)
        {
            StringBuilder text = new();
            for (int left = random.Next(1, 14); left > 0; left--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            compiled += Try(text.ToString()) ? 1 : 0;
        }

        Assert.True(compiled > Rounds / 50, $"{compiled}");
    }

    [Fact]
    public void Expressions_ThatAreMadeByTheGrammar_GiveValuesOrTheLibrarysErrors()
    {
        Random random = new(20_260_102);
        for (int round = 0; round < Rounds; round++)
        {
            Assert.True(Try(Made(random, 5)));
        }
    }

    [Fact]
    public void RandomBytes_GiveTheLibrarysErrors()
    {
        Random random = new(20_260_103);
        byte[] bytes = new byte[64];
        for (int round = 0; round < Rounds; round++)
        {
            random.NextBytes(bytes);
            Try(Encoding.Latin1.GetString(bytes, 0, random.Next(bytes.Length)));
            Try(new string([.. bytes.Select(value => (char)(0xD7F0 + value))]));
        }
    }

    /// <returns>Whether it compiled without a check.</returns>
    private static bool Try(string text)
    {
        Attempt(() => Environment.Compile(text));
        return Attempt(() => Environment.CompileUnchecked(text));
    }

    private static bool Attempt(Func<CelProgram> compile)
    {
        try
        {
            CelProgram program = compile();
            CelBindings bindings = Environment.Bind();
            bindings["x"] = CelValue.Of(CelMap.Of([new("y", CelValue.Of("z"))]));
            Assert.NotNull(program.Evaluate(bindings, new CelMeter(20_000)).ToString());
            return true;
        }
        catch (CelCompileException refused)
        {
            Assert.NotEmpty(refused.Issues);
            return false;
        }
    }

    private static string Made(Random random, int depth)
    {
        string Inner() => Made(random, depth - 1);
        return depth == 0 ? Pieces[random.Next(17)] : random.Next(14) switch
        {
            0 => $"({Inner()} + {Inner()})",
            1 => $"({Inner()} - {Inner()} * {Inner()})",
            2 => $"({Inner()} == {Inner()})",
            3 => $"({Inner()} <= {Inner()})",
            4 => $"({Inner()} && {Inner()} || {Inner()})",
            5 => $"({Inner()} ? {Inner()} : {Inner()})",
            6 => $"[{Inner()}, {Inner()}]",
            7 => $"{{{Inner()}: {Inner()}}}",
            8 => $"[{Inner()}].map(a, {Inner()})",
            9 => $"{Inner()}[{Inner()}]".Replace("-1[", "(-1)[", StringComparison.Ordinal),
            10 => $"({Inner()}).y",
            11 => $"string({Inner()})",
            12 => $"('%s %d'.format([{Inner()}, {Inner()}]))",
            _ => $"({Inner()} in {Inner()})",
        };
    }
}
