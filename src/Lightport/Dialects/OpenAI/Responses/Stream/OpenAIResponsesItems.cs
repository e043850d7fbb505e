using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>The items of a streamed answer, by their places in its output.</summary>
/// <param name="losses">Told of what a client of another dialect cannot be; null for one of this.</param>
internal sealed class OpenAIResponsesItems(AnswerLosses? losses)
{
    /// <summary>Where servers that count nothing are; more places than any answer has are not kept.</summary>
    private const int MostItems = 100_000;

    private readonly AnswerParts _parts = new(choice: 0);
    private readonly OpenAIResponsesSaidText _said = new();
    private readonly Dictionary<int, OpenAIResponsesOpenItem> _open = [];
    private readonly HashSet<int> _closed = [];
    private int _last;

    public OpenAIResponsesOutputFacts Facts { get; } = new(losses);

    /// <param name="place">Its place in the output; negative where it was not told.</param>
    public void Open(int place, JsonElement item)
    {
        Facts.Begin(item);
        _last = place >= 0 ? place : _closed.Count + _open.Count;
        if (!_closed.Contains(_last) && _open.Count < MostItems)
        {
            _open.TryAdd(_last, new OpenAIResponsesOpenItem(_parts, _said, item));
        }
    }

    /// <summary>The item at a place, or the last that began where no place was told; null where none is open.</summary>
    public OpenAIResponsesOpenItem? At(int place) => _open.GetValueOrDefault(place >= 0 ? place : _last);

    public void Close(int place, JsonElement item, List<StreamEvent> events)
    {
        int at = place >= 0 ? place : _last;
        if (_closed.Count < MostItems && _closed.Add(at))
        {
            Facts.See(item);
            _open.Remove(at, out OpenAIResponsesOpenItem? open);
            (open ?? new OpenAIResponsesOpenItem(_parts, _said, item)).Close(item, events);
        }
    }

    /// <summary>The answer is over: tells what only its last word does.</summary>
    /// <param name="response">The response as it is in the end.</param>
    public void Complete(JsonElement response, List<StreamEvent> events)
    {
        int place = 0;
        foreach (JsonElement item in response.ItemsOf("output"))
        {
            Close(place++, item, events);
        }

        foreach (OpenAIResponsesOpenItem open in _open.Values)
        {
            open.Leave(events);
        }

        _open.Clear();
    }
}
