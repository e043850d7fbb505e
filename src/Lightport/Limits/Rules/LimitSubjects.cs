using System.Collections.Concurrent;

namespace Lightport.Limits.Rules;

/// <summary>One limit, and the counters of those that it was met by.</summary>
internal sealed class LimitSubjects(LimitRule rule)
{
    /// <summary>
    /// More of them are not remembered, but made anew: the ledger has their counts, and nothing is lost.
    /// </summary>
    internal const int Most = 10_000;

    private readonly ConcurrentDictionary<string, LimitCounters> _known = new(StringComparer.Ordinal);

    public LimitRule Rule => rule;

    /// <param name="value">The subject's own name; empty where all share one counter.</param>
    public LimitCounters Of(string value)
    {
        if (_known.TryGetValue(value, out LimitCounters? known))
        {
            return known;
        }

        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(value, static (name, rule) => new LimitCounters(rule, SubjectOf(rule, name)), rule);
    }

    private static string SubjectOf(LimitRule rule, string value) => rule.Per switch
    {
        LimitSubject.All => "all",
        LimitSubject.Key => $"key:{value}",
        LimitSubject.Tag => $"tag.{rule.Tag}:{value}",
        LimitSubject.Model => $"model:{value}",
        LimitSubject.Provider => $"provider:{value}",
        _ => $"route:{value}",
    };
}
