using System.Collections.Concurrent;
using Lightport.Storage;

namespace Lightport.Limits.Rules;

/// <summary>The limits of one version of the configuration.</summary>
public sealed class LimitTable
{
    private readonly ConcurrentDictionary<string, LimitCounters> _ofKeys = new(StringComparer.Ordinal);

    internal LimitTable(IReadOnlyList<LimitRule> rules) => Rules = [.. rules.Select(rule => new LimitSubjects(rule))];

    /// <summary>Nothing is limited but by what keys bring themselves.</summary>
    public static LimitTable None { get; } = new([]);

    /// <summary>Where alerts are sent, beside the log; null where nowhere.</summary>
    internal AlertWebhook? Webhook { get; init; }

    /// <summary>In the order of the configuration.</summary>
    internal IReadOnlyList<LimitSubjects> Rules { get; }

    /// <summary>The counters of a limit that a key, or an identity, brings itself.</summary>
    internal LimitCounters OfKey(LimitAmounts amounts, string keyId)
    {
        if (_ofKeys.TryGetValue(keyId, out LimitCounters? known) && ReferenceEquals(known.Rule.Amounts, amounts))
        {
            return known;
        }

        if (_ofKeys.Count >= LimitSubjects.Most)
        {
            _ofKeys.Clear();
        }

        return _ofKeys[keyId] = new LimitCounters(LimitRule.Of(amounts), $"key:{keyId}");
    }
}
