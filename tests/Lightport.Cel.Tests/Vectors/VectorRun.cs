namespace Lightport.Cel.Tests.Vectors;

/// <summary>Runs one conformance test.</summary>
internal static class VectorRun
{
    /// <returns>What was otherwise than the test says; null where nothing was.</returns>
    public static string? Difference(Vector vector)
    {
        List<CelVariable> variables = [.. vector.Variables];
        variables.AddRange(vector.Bindings
            .Where(binding => variables.TrueForAll(variable => variable.Name != binding.Name))
            .Select(binding => new CelVariable(binding.Name, CelType.Dyn)));
        CelEnvironment environment = new(variables, vector.Functions, vector.Container);
        CelProgram program;
        try
        {
            program = vector.IsChecked
                ? environment.Compile(vector.Expression) : environment.CompileUnchecked(vector.Expression);
        }
        catch (CelCompileException refused)
        {
            return $"refused: {refused.Message}";
        }

        if (vector is { IsChecked: true, CheckedType: { } type } && program.ResultType.ToString() != type)
        {
            return $"of type {program.ResultType}, not {type}";
        }

        return vector.IsCheckOnly ? null : Difference(vector, environment, program);
    }

    private static string? Difference(Vector vector, CelEnvironment environment, CelProgram program)
    {
        CelBindings bindings = environment.Bind();
        foreach ((string name, CelValue bound) in vector.Bindings)
        {
            bindings[name] = bound;
        }

        CelValue value = program.Evaluate(bindings, new CelMeter());
        return vector.IsError
            ? value.IsError ? null : $"{value.Kind} {value}, no error"
            : AreSame(value, vector.Value) ? null
            : $"{value.Kind} {value}, not {vector.Value.Kind} {vector.Value}";
    }

    /// <summary>Also of the same kinds, which <c>==</c> does not ask for.</summary>
    private static bool AreSame(CelValue one, CelValue other) => one.Kind == other.Kind && one.Kind switch
    {
        CelKind.List => one.Items.Count == other.Items.Count
            && Enumerable.Range(0, one.Items.Count).All(index => AreSame(one.Items[index], other.Items[index])),
        CelKind.Map => one.Entries.Count == other.Entries.Count && one.Entries.Keys.All(key =>
            one.Entries.TryGet(key, out CelValue mine) && other.Entries.TryGet(key, out CelValue theirs)
            && AreSame(mine, theirs) && other.Entries.Keys.Any(theirKey => AreSame(key, theirKey))),
        _ => Values.Equality.AreEqual(one, other, new CelMeter()),
    };
}
