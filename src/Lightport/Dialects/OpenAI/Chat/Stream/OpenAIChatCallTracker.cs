namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Tells which call a piece belongs to. Providers leave out the index, number every call 0, repeat ids or leave them
/// empty; the calls of one choice are counted from 0 here, whatever they send.
/// </summary>
internal sealed class OpenAIChatCallTracker
{
    private readonly List<OpenAIChatTrackedCall> _calls = [];

    /// <summary>The latest call of each index that the provider gave.</summary>
    private readonly Dictionary<int, OpenAIChatTrackedCall> _byIndex = [];

    /// <summary>The first call of each id that the provider gave.</summary>
    private readonly Dictionary<string, OpenAIChatTrackedCall> _byId = [];

    public IReadOnlyList<OpenAIChatTrackedCall> Calls => _calls;

    /// <param name="index">The provider's index; null where it sent none.</param>
    /// <param name="id">Null where the provider sent none, or an empty one.</param>
    /// <param name="hasName">A piece with a name starts a call, or repeats its start.</param>
    public OpenAIChatTrackedCall Resolve(int? index, string? id, bool hasName)
    {
        OpenAIChatTrackedCall? call = index is { } given
            ? _byIndex.GetValueOrDefault(given)
            : FindWithoutIndex(id, hasName);
        bool another = hasName && id is not null && call?.ProviderId is { } known && known != id;
        if (call is null || another)
        {
            call = Add(index);
        }

        if (call.ProviderId is null && id is not null)
        {
            call.ProviderId = id;
            _byId.TryAdd(id, call);
        }

        return call;
    }

    private OpenAIChatTrackedCall Add(int? index)
    {
        var call = new OpenAIChatTrackedCall(_calls.Count);
        _calls.Add(call);
        if (index is { } given)
        {
            _byIndex[given] = call;
        }

        return call;
    }

    private OpenAIChatTrackedCall? FindWithoutIndex(string? id, bool hasName) =>
        id is not null ? _byId.GetValueOrDefault(id)
        : hasName || _calls.Count == 0 ? null
        : _calls[^1];
}
