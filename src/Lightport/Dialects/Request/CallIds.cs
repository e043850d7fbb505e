using System.Globalization;

namespace Lightport.Dialects;

/// <summary>
/// Names of calls that a target takes (<c>^[a-zA-Z0-9_-]+$</c>, and perhaps no longer ones). The same id always becomes
/// the same name, two ids never one name.
/// </summary>
/// <param name="longest">The most characters of a name.</param>
internal sealed class CallIds(int longest = int.MaxValue)
{
    private readonly Dictionary<string, string> _names = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>The number that the next id which looks like an earlier one gets, by how both look.</summary>
    private readonly Dictionary<string, int> _next = [];

    public string Name(string id)
    {
        if (_names.TryGetValue(id, out string? name))
        {
            return name;
        }

        string clean = Clean(id);
        name = clean;
        if (!_taken.Add(name))
        {
            int number = _next.GetValueOrDefault(clean, 2);
            do
            {
                string mark = string.Create(CultureInfo.InvariantCulture, $"_{number++}");
                name = clean[..Math.Min(clean.Length, longest - mark.Length)] + mark;
            }
            while (!_taken.Add(name));
            _next[clean] = number;
        }

        _names.Add(id, name);
        return name;
    }

    private string Clean(string id) => id.Length == 0 ? "call" : string.Create(
        Math.Min(id.Length, longest), id, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '_' or '-' ? source[i] : '_';
            }
        });
}
