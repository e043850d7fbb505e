namespace Lightport.Cel.Tests;

/// <summary>Evaluates an expression on its own.</summary>
internal static class Language
{
    private static readonly CelEnvironment Empty = new([]);

    /// <summary>The value, checked or, where it is said so, not.</summary>
    public static CelValue Evaluate(string expression, bool isChecked = true) =>
        Evaluate(isChecked ? Empty.Compile(expression) : Empty.CompileUnchecked(expression), Empty);

    public static CelValue Evaluate(CelProgram program, CelEnvironment environment, params (string, CelValue)[] bound)
    {
        CelBindings bindings = environment.Bind();
        foreach ((string name, CelValue value) in bound)
        {
            bindings[name] = value;
        }

        return program.Evaluate(bindings, new CelMeter());
    }

    /// <summary>The first thing that is wrong, as a person reads it.</summary>
    public static string Issue(string expression, CelEnvironment? environment = null) =>
        Assert.ThrowsAny<CelCompileException>(() => (environment ?? Empty).Compile(expression)).Issues[0].ToString();
}
