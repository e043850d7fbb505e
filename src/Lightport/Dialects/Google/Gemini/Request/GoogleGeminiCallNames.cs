using System.Globalization;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Which call a result answers: the one of its id, else the first of its name that has no answer yet. Ids are optional
/// on this wire, so calls without one are counted, by which a history is always named the same.
/// </summary>
internal sealed class GoogleGeminiCallNames
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _waiting = new(StringComparer.Ordinal);
    private int _calls;

    /// <summary>The call with an id, its own or one that is made for it.</summary>
    public ToolCallPart Name(ToolCallPart call)
    {
        _calls++;
        bool isMade = call.CallId.Length == 0;
        string id = !isMade
            ? call.CallId
            : string.Create(CultureInfo.InvariantCulture, $"call_{_calls}_{call.Name}");
        _ids.Add(id);
        if (!_waiting.TryGetValue(call.Name, out Queue<string>? waiting))
        {
            _waiting.Add(call.Name, waiting = new Queue<string>());
        }

        waiting.Enqueue(id);
        return call with { CallId = id, HasMadeId = isMade };
    }

    /// <summary>The id of the call that is answered; null where there is no such call.</summary>
    /// <param name="id">The result's own; empty where it has none.</param>
    /// <param name="name">The function's name.</param>
    public string? TryFind(string id, string name)
    {
        if (id.Length > 0 && _ids.Contains(id))
        {
            _answered.Add(id);
            return id;
        }

        if (_waiting.TryGetValue(name, out Queue<string>? waiting))
        {
            while (waiting.TryDequeue(out string? next))
            {
                if (_answered.Add(next))
                {
                    return next;
                }
            }
        }

        return null;
    }
}
