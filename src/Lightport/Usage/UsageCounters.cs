using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Lightport.Storage;

namespace Lightport.Usage;

/// <summary>The rows that one process counts in; there is an end to them, whatever clients ask for.</summary>
/// <param name="instance">Tells this process's rows from all others'.</param>
internal sealed class UsageCounters(string instance)
{
    /// <summary>Of all keys and hours.</summary>
    public const int Most = 20_000;

    /// <summary>How many models one key may name itself in an hour until the rest is one row.</summary>
    public const int MostNamedByAKey = 200;

    /// <summary>The model of whatever comes when there are too many, and of names that nobody answers to.</summary>
    public const string OtherModels = "(other)";

    /// <summary>The route of those that name a provider and a model themselves.</summary>
    public const string DirectRoute = "(direct)";

    private readonly ConcurrentDictionary<CounterKey, UsageCounter> _counters = new();
    private readonly ConcurrentDictionary<(string KeyId, long Hour), int> _named = new();
    private readonly ConditionalWeakTable<IReadOnlyDictionary<string, string>, string> _tags = [];

    public IEnumerable<UsageCounter> All => _counters.Values;

    /// <summary>How many rows are not written as they are now.</summary>
    public int Pending => _counters.Count(counter => counter.Value.Dirty);

    public void Add(UsageRecord record)
    {
        RecordedAttempt? last = record.Tried.Count == 0 ? null : record.Tried[^1];
        bool named = last is { NamedByClient: true };
        string model = record.Model ?? record.Tool ?? "";
        Counter(record, record.Provider ?? "", model, named, record.Usage is not null).Add(record);
        for (int i = 0; i < record.Tried.Count - 1; i++)
        {
            RecordedAttempt before = record.Tried[i];
            UsageCounter counter = Counter(
                record, before.Provider, before.Model, before.NamedByClient, before.Usage is not null);
            if (before.IsRound)
            {
                counter.AddRound(before);
            }
            else
            {
                counter.AddFailed(before);
            }
        }
    }

    /// <summary>An hour is kept for one more, so that a late record finds its row and does not begin it anew.</summary>
    public void ForgetPastHours(DateTimeOffset now)
    {
        DateTimeOffset before = now.AddHours(-2);
        foreach ((CounterKey key, UsageCounter counter) in _counters)
        {
            if (counter.Hour < before && !counter.Dirty)
            {
                _counters.TryRemove(key, out _);
            }
        }

        foreach ((string KeyId, long Hour) named in _named.Keys)
        {
            if (named.Hour < before.UtcTicks / TimeSpan.TicksPerHour)
            {
                _named.TryRemove(named, out _);
            }
        }
    }

    /// <param name="named">The model's name is the client's own.</param>
    /// <param name="used">Somebody worked for it, so that there is a model of that name.</param>
    private UsageCounter Counter(UsageRecord record, string provider, string model, bool named, bool used)
    {
        DateTimeOffset at = record.EndedAt.ToUniversalTime();
        var key = new CounterKey(
            record.KeyId ?? "-",
            at.Ticks / TimeSpan.TicksPerHour,
            provider,
            model,
            record.IsDirect ? DirectRoute : record.Route ?? "",
            record.Tag ?? "",
            Tags(record.KeyTags));
        if (_counters.TryGetValue(key, out UsageCounter? counter))
        {
            return counter;
        }

        if (_counters.Count >= Most)
        {
            key = key with { Provider = "", Model = OtherModels };
        }
        else if (named && !(used && MayName(key)))
        {
            key = key with { Model = OtherModels };
        }

        return _counters.GetOrAdd(
            key, static (key, row) => new UsageCounter(Empty(key, row.Key!, row.instance)), (record.Key, instance));
    }

    private bool MayName(CounterKey key) =>
        _named.AddOrUpdate((key.KeyId, key.Hour), 1, static (_, count) => count + 1) <= MostNamedByAKey;

    /// <summary>A key's tags are the same object from request to request.</summary>
    private string Tags(IReadOnlyDictionary<string, string> tags) =>
        tags.Count == 0 ? "" : _tags.GetValue(tags, TagText.Of);

    private static UsageRow Empty(CounterKey key, string name, string instance) => new()
    {
        KeyId = key.KeyId,
        KeyName = name,
        Hour = new DateTimeOffset(key.Hour * TimeSpan.TicksPerHour, TimeSpan.Zero),
        Instance = instance,
        Model = (key.Provider, key.Model) switch
        {
            ("", "") => "-",
            ("", var model) => model,
            var (provider, model) => $"{provider}/{model}",
        },
        Route = key.Route,
        Tag = key.Tag,
        KeyTags = key.KeyTags,
    };

    private readonly record struct CounterKey(
        string KeyId, long Hour, string Provider, string Model, string Route, string Tag, string KeyTags);
}
