namespace Lightport.Cel;

/// <summary>
/// The variables' values for one evaluation or several: set beforehand, or looked up in the host when an expression
/// first reads them. Not for several threads.
/// </summary>
public sealed class CelBindings
{
    private readonly CelEnvironment _environment;
    private readonly ICelObject? _host;
    private readonly CelValue[] _values;
    private readonly bool[] _bound;

    internal CelBindings(CelEnvironment environment, ICelObject? host)
    {
        (_environment, _host) = (environment, host);
        _values = new CelValue[environment.Unbound.Length];
        _bound = new bool[_values.Length];
    }

    /// <exception cref="KeyNotFoundException">The environment declares no such variable.</exception>
    public CelValue this[string variable]
    {
        set
        {
            int place = _environment.PlaceOf(variable);
            (_values[place], _bound[place]) = (value, true);
        }
    }

    /// <param name="place">In the environment.</param>
    internal CelValue ValueOf(string variable, int place)
    {
        if (!_bound[place])
        {
            _values[place] = _host?.TryGetField(variable, out CelValue found) == true
                ? found : _environment.Unbound[place];
            _bound[place] = true;
        }

        return _values[place];
    }
}
