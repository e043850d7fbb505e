using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// The conversation cut into turns that the API takes (https://ai.google.dev/api/caching#Content): the user's and the
/// model's one after the other, the user's first, system text apart, every result in the turn right after its call.
/// </summary>
internal sealed class GoogleGeminiTurns
{
    private readonly GoogleGeminiParts _parts;
    private readonly Func<ContentPart[], List<(ContentPart Part, string? Signature)>> _sign;
    private readonly bool _mergesSystem;

    /// <summary>The functions of the last turn's calls that wait for a result, by the ids of the calls.</summary>
    private Dictionary<string, Queue<string>>? _unanswered;

    private GoogleGeminiTurns(
        ChatRequest request,
        string dialect,
        Func<ContentPart[], List<(ContentPart Part, string? Signature)>> sign,
        EncodingContext context)
    {
        _sign = sign;
        _parts = new GoogleGeminiParts(request, dialect, context);
        _mergesSystem = context.Traits.SystemTurns == SystemTurns.Merged;
    }

    public List<ContentPart> System { get; } = [];

    public List<GoogleGeminiTurn> Turns { get; } = [];

    /// <param name="dialect">Which of Google's is spoken.</param>
    /// <param name="sign">Puts the signatures of one message of the model's where the dialect has them.</param>
    public static GoogleGeminiTurns Build(
        ChatRequest request,
        string dialect,
        Func<ContentPart[], List<(ContentPart Part, string? Signature)>> sign,
        EncodingContext context)
    {
        var turns = new GoogleGeminiTurns(request, dialect, sign, context);
        IReadOnlyList<Message> messages = ForeignAsides.LeaveOut(request.Messages, dialect, context.Losses);
        if (dialect == DialectIds.GoogleGemini)
        {
            UnansweredCalls.Check(messages, request.Dialect, context.Losses);
        }

        for (int i = 0; i < messages.Count; i++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            turns.Add(messages[i], i);
        }

        turns.AddFirst();
        return turns;
    }

    private void Add(Message message, int place)
    {
        switch (message.Role)
        {
            case Role.System or Role.Developer:
                AddSystem(message, place);
                break;
            case Role.Assistant:
                AddFirst();
                foreach ((ContentPart part, string? signature) in _sign([.. _parts.Writable(message, place)]))
                {
                    AddModel(part, signature);
                }

                break;
            default:
                foreach (ContentPart part in _parts.Writable(message, place))
                {
                    AddUser(part);
                }

                AddFirst();
                break;
        }
    }

    private void AddSystem(Message message, int place)
    {
        foreach (ContentPart part in _parts.Writable(message, place))
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

    private void AddModel(ContentPart part, string? signature)
    {
        if (Turns is not [.., { IsModel: true }])
        {
            // Not cleared: that costs as much as it once held, for each of many small turns after a large one.
            _unanswered = null;
        }

        if (part is ToolCallPart call)
        {
            _unanswered ??= [];
            if (!_unanswered.TryGetValue(call.CallId, out Queue<string>? functions))
            {
                _unanswered.Add(call.CallId, functions = new Queue<string>());
            }

            functions.Enqueue(call.Name);
        }

        Turn(isModel: true).Add(part, signature);
    }

    private void AddUser(ContentPart part)
    {
        if (part is not ToolResultPart result)
        {
            Turn(isModel: false).Add(part);
            return;
        }

        if (_unanswered?.GetValueOrDefault(result.CallId) is { } functions
            && functions.TryDequeue(out string? function))
        {
            Turn(isModel: false).Add(new GoogleGeminiResult(function, result));
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
