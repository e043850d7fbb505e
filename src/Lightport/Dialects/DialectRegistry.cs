namespace Lightport.Dialects;

/// <summary>Finds what is asked and how it is said: the one list of (dialect, operation).</summary>
public sealed class DialectRegistry
{
    private readonly List<DialectOperation> _all = [];
    private readonly Dictionary<string, DialectOperation[]> _byDialect;
    private readonly IReadOnlyList<IClientFamily> _families;

    /// <param name="operations">A later one takes the place of an earlier of the same dialect and operation.</param>
    /// <param name="families">Whose clients are told apart by what they send, anybody's last.</param>
    public DialectRegistry(IEnumerable<DialectOperation> operations, IEnumerable<IClientFamily> families)
    {
        foreach (DialectOperation operation in operations)
        {
            int same = _all.FindIndex(
                one => one.Dialect == operation.Dialect && one.Operation == operation.Operation);
            if (same < 0)
            {
                _all.Add(operation);
            }
            else
            {
                _all[same] = operation;
            }
        }

        // By text alone: a start waits for the compiler where a key is made of two.
        _byDialect = _all.GroupBy(operation => operation.Dialect, StringComparer.Ordinal)
            .ToDictionary(said => said.Key, said => said.ToArray(), StringComparer.Ordinal);
        _families = [.. families];
    }

    /// <exception cref="KeyNotFoundException">No folder registered it.</exception>
    public DialectOperation Of(string dialect, Operation operation) =>
        Find(dialect, operation) ?? throw new KeyNotFoundException($"No folder says '{operation}' in '{dialect}'.");

    /// <summary>Whether clients may say it: a folder has registered it, with a served part.</summary>
    public bool Serves(string dialect, Operation operation) => Find(dialect, operation)?.Served is not null;

    /// <summary>What can be told to a provider at an endpoint of this name; null where nothing can.</summary>
    public DialectOperation? FindSpoken(string endpoint, Operation operation)
    {
        foreach (DialectOperation candidate in _all)
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

        foreach (DialectOperation candidate in _all)
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

    private DialectOperation? Find(string dialect, Operation operation)
    {
        foreach (DialectOperation said in _byDialect.GetValueOrDefault(dialect) ?? [])
        {
            if (said.Operation == operation)
            {
                return said;
            }
        }

        return null;
    }
}
