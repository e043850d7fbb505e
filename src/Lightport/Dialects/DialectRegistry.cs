namespace Lightport.Dialects;

/// <summary>Finds what is asked and how it is said: the one list of (dialect, operation).</summary>
/// <param name="operations">A later one takes the place of an earlier one of the same dialect and operation.</param>
/// <param name="families">Whose clients are told apart by what they send, anybody's last.</param>
public sealed class DialectRegistry(IEnumerable<DialectOperation> operations, IEnumerable<IClientFamily> families)
{
    private readonly Dictionary<(string Dialect, Operation Operation), DialectOperation> _operations = operations
        .GroupBy(operation => (operation.Dialect, operation.Operation))
        .ToDictionary(same => same.Key, same => same.Last());

    private readonly IReadOnlyList<IClientFamily> _families = [.. families];

    /// <exception cref="KeyNotFoundException">No folder registered it.</exception>
    public DialectOperation Of(string dialect, Operation operation) => _operations[(dialect, operation)];

    /// <summary>Whether clients may say it: a folder has registered it, with a served part.</summary>
    public bool Serves(string dialect, Operation operation) =>
        _operations.TryGetValue((dialect, operation), out DialectOperation? known) && known.Served is not null;

    /// <summary>What can be told to a provider at an endpoint of this name; null where nothing can.</summary>
    public DialectOperation? FindSpoken(string endpoint, Operation operation)
    {
        foreach (DialectOperation candidate in _operations.Values)
        {
            if (candidate.Endpoint == endpoint && candidate.Operation == operation && candidate.Spoken is not null)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>What a client's bytes pass as at an endpoint of this name; null where they do not.</summary>
    public DialectOperation? FindPassed(string endpoint, DialectOperation asked)
    {
        if (asked.Endpoint == endpoint)
        {
            return asked.Passed is null ? null : asked;
        }

        foreach (DialectOperation candidate in _operations.Values)
        {
            if (candidate.Endpoint == endpoint && candidate.Operation == asked.Operation
                && candidate.Says == asked.Dialect && candidate.Passed is not null)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whose client sent a request to a path that many share.</summary>
    public IClientFamily FamilyOf(ClientRequest request)
    {
        foreach (IClientFamily family in _families)
        {
            if (family.IsShownBy(request))
            {
                return family;
            }
        }

        return _families[^1];
    }
}
