using System.Globalization;

namespace Lightport.Dialects;

/// <summary>
/// Names of calls that a target takes (<c>^[a-zA-Z0-9_-]+$</c>, and perhaps no longer ones), each one's own, though
/// providers are known that begin to count anew in each answer. They go by the calls' places alone, so that a history
/// is always said the same; a result has the name of the call that it answers.
/// </summary>
/// <param name="longest">The most characters of a name.</param>
/// <param name="anyLetters">The target takes any character.</param>
internal sealed class CallIds(int longest = int.MaxValue, bool anyLetters = false)
{
    private HashSet<string>? _taken;

    /// <summary>The number that the next id which looks like an earlier one gets, by how both look.</summary>
    private Dictionary<string, int>? _next;

    /// <summary>The names of calls that wait for their results, by the ids that they were made with.</summary>
    private Dictionary<string, Queue<string>>? _unanswered;

    /// <summary>A turn with calls begins: what has no result by now gets none.</summary>
    public void BeginTurn() =>
        // Not cleared: that costs as much as it once held, for each of many small turns after a large one.
        _unanswered = null;

    /// <summary>The name of a call.</summary>
    public string NameCall(string id)
    {
        string name = NameOf(id);
        _unanswered ??= [];
        if (!_unanswered.TryGetValue(id, out Queue<string>? names))
        {
            _unanswered.Add(id, names = new Queue<string>());
        }

        names.Enqueue(name);
        return name;
    }

    /// <summary>The name of the call of the turn that a result answers; null where none waits for it.</summary>
    public string? NameResult(string id) =>
        _unanswered?.GetValueOrDefault(id) is { } names && names.TryDequeue(out string? name) ? name : null;

    private string NameOf(string id)
    {
        string clean = anyLetters ? id : Clean(id);
        string name = clean;
        _taken ??= [];
        if (!_taken.Add(name))
        {
            _next ??= [];
            int number = _next.GetValueOrDefault(clean, 2);
            do
            {
                string mark = string.Create(CultureInfo.InvariantCulture, $"_{number++}");
                name = clean[..Math.Min(clean.Length, longest - mark.Length)] + mark;
            }
            while (!_taken.Add(name));
            _next[clean] = number;
        }

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
