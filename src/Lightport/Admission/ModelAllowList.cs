using System.IO.Enumeration;
using Lightport.Conversation;

namespace Lightport.Admission;

/// <summary>The models that a caller may ask for: names, with <c>*</c> for any run of characters.</summary>
public sealed class ModelAllowList
{
    private readonly HashSet<string> _names;
    private readonly string[] _patterns;

    /// <param name="globs">None at all allows none.</param>
    public ModelAllowList(IEnumerable<string> globs)
    {
        Globs = [.. globs];
        _names = Globs.ToHashSet(StringComparer.Ordinal);
        _patterns = [.. _names.Where(glob => glob.Contains('*', StringComparison.Ordinal))];
        _names.ExceptWith(_patterns);
        AllowsEvery = _patterns.Contains("*");
    }

    public static ModelAllowList Every { get; } = new(["*"]);

    /// <summary>As they were written.</summary>
    public IReadOnlyList<string> Globs { get; }

    /// <summary>Nothing needs to be checked.</summary>
    public bool AllowsEvery { get; }

    /// <summary><see cref="Allows"/> as a function, made once: every request brings it.</summary>
    internal Func<string, bool> Filter => field ??= Allows;

    /// <summary>
    /// Some servers take several names with commas between them: such a list is allowed where each of them is.
    /// </summary>
    public bool Allows(string model) =>
        _names.Contains(model)
        || AllowsEvery
        || (model.Contains(',', StringComparison.Ordinal)
            ? model.Split(',', StringSplitOptions.TrimEntries).All(Matches)
            : Matches(model));

    private bool Matches(string model)
    {
        if (_names.Contains(model))
        {
            return true;
        }

        foreach (string pattern in _patterns)
        {
            if (FileSystemName.MatchesSimpleExpression(pattern, model, ignoreCase: false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null where the model is allowed, else the 403 that says so.</summary>
    public GatewayError? Check(string model) => Allows(model)
        ? null
        : new GatewayError(
            ErrorStage.Admission,
            ErrorKind.Permission,
            403,
            "This key may not use the model that the request names; GET /v1/models lists those it may.")
        {
            Code = "model_not_allowed",
            Param = "model",
        };
}
