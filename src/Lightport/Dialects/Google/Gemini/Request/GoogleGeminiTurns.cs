using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// The conversation cut into turns that the API takes (https://ai.google.dev/api/caching#Content): the user's and the
/// model's one after the other, the user's first, system text apart, every result in the turn right after its call.
/// </summary>
internal sealed class GoogleGeminiTurns
{
    private readonly GoogleGeminiParts _parts;
    private readonly bool _mergesSystem;
    private HashSet<string> _unanswered = [];

    private GoogleGeminiTurns(ChatRequest request, EncodingContext context)
    {
        _parts = new GoogleGeminiParts(request, context);
        _mergesSystem = context.Traits.SystemTurns == SystemTurns.Merged;
    }

    public List<ContentPart> System { get; } = [];

    public List<GoogleGeminiTurn> Turns { get; } = [];

    /// <summary>The tools' names by the ids of their calls: a result names its function too.</summary>
    public Dictionary<string, string> Calls { get; } = new(StringComparer.Ordinal);

    public static GoogleGeminiTurns Build(ChatRequest request, EncodingContext context)
    {
        var turns = new GoogleGeminiTurns(request, context);
        IReadOnlyList<Message> messages =
            ForeignAsides.LeaveOut(request.Messages, DialectIds.GoogleGemini, context.Losses);
        for (int i = 0; i < messages.Count; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            turns.Add(messages[i], $"messages[{i}]");
        }

        turns.AddFirst();
        return turns;
    }

    private void Add(Message message, string path)
    {
        switch (message.Role)
        {
            case Role.System or Role.Developer:
                AddSystem(message, path);
                break;
            case Role.Assistant:
                AddFirst();
                foreach (ContentPart part in _parts.Writable(message, path))
                {
                    AddModel(part);
                }

                break;
            default:
                foreach (ContentPart part in _parts.Writable(message, path))
                {
                    AddUser(part);
                }

                AddFirst();
                break;
        }
    }

    private void AddSystem(Message message, string path)
    {
        foreach (ContentPart part in _parts.Writable(message, path))
        {
            if (Turns.Count == 0 || _mergesSystem)
            {
                System.Add(part);
            }
            else
            {
                // There is one place for it, on top: moved there, the text would stand before what it speaks about and
                // spoil the cached prefix.
                Turn(isModel: false).Add(part is TextPart text
                    ? text with { Text = $"<system-reminder>\n{text.Text}\n</system-reminder>" }
                    : part);
            }
        }
    }

    private void AddModel(ContentPart part)
    {
        if (Turns is not [.., { IsModel: true }])
        {
            // Not cleared: that costs as much as the set once held, for each of many small turns after a large one.
            _unanswered = [];
        }

        if (part is ToolCallPart call)
        {
            _unanswered.Add(call.CallId);
            Calls[call.CallId] = call.Name;
        }

        Turn(isModel: true).Add(part);
    }

    private void AddUser(ContentPart part)
    {
        if (part is not ToolResultPart result || _unanswered.Remove(result.CallId))
        {
            Turn(isModel: false).Add(part);
            return;
        }

        // No call waits for it (history cut short, or answered already): the API would refuse it.
        Turn(isModel: false).Add(new TextPart($"Result of an earlier tool call ({result.CallId}):"));
        foreach (ContentPart inner in result.Parts)
        {
            Turn(isModel: false).Add(inner);
        }
    }

    /// <summary>The last turn where it is of this side, else a new one.</summary>
    private GoogleGeminiTurn Turn(bool isModel)
    {
        if (Turns.Count == 0 || Turns[^1].IsModel != isModel)
        {
            Turns.Add(new GoogleGeminiTurn(isModel));
        }

        return Turns[^1];
    }

    /// <summary>
    /// Where nothing stands yet, a turn with some text: a system prompt alone is a request elsewhere, and so is a
    /// history that the assistant begins, which is what comes of it.
    /// </summary>
    private void AddFirst()
    {
        if (Turns.Count == 0)
        {
            Turn(isModel: false).Add(new TextPart("."));
        }
    }
}
