namespace Lightport.Cel;

/// <summary>The variables' values for one evaluation or several. Only its host writes to it.</summary>
public sealed class CelBindings
{
    private readonly CelEnvironment _environment;

    internal CelBindings(CelEnvironment environment)
    {
        _environment = environment;
        Values = new CelValue[environment.Unbound.Length];
        environment.Unbound.CopyTo(Values, 0);
    }

    /// <summary>By the variables' place in the environment.</summary>
    internal CelValue[] Values { get; }

    /// <exception cref="KeyNotFoundException">The environment declares no such variable.</exception>
    public CelValue this[string variable]
    {
        set => Values[_environment.PlaceOf(variable)] = value;
    }
}
