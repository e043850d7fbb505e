namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Tells which call a piece belongs to. Providers leave out the index, number every call 0, repeat ids or leave them
/// empty; the calls of one choice are counted from 0 here, whatever they send.
/// </summary>
internal sealed class OpenAIChatCallTracker
{
    private readonly List<OpenAIChatTrackedCall> _calls = [];

    public IReadOnlyList<OpenAIChatTrackedCall> Calls => _calls;

    /// <param name="index">The provider's index; null where it sent none.</param>
    /// <param name="id">Null where the provider sent none, or an empty one.</param>
    /// <param name="hasName">A piece with a name starts a call, or repeats its start.</param>
    public OpenAIChatTrackedCall Resolve(int? index, string? id, bool hasName)
    {
        OpenAIChatTrackedCall? call = index is null
            ? FindWithoutIndex(id, hasName)
            : _calls.FindLast(candidate => candidate.ProviderIndex == index);
        bool another = hasName && id is not null && call?.ProviderId is { } known && known != id;
        if (call is null || another)
        {
            call = new OpenAIChatTrackedCall(_calls.Count, index);
            _calls.Add(call);
        }

        call.ProviderId ??= id;
        return call;
    }

    private OpenAIChatTrackedCall? FindWithoutIndex(string? id, bool hasName) =>
        id is not null ? _calls.Find(candidate => candidate.ProviderId == id)
        : hasName || _calls.Count == 0 ? null
        : _calls[^1];
}
