using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A call that the conversation goes on after without its result, as where somebody broke off a run of tools.
/// Anthropic, OpenAI, Gemini and Bedrock refuse such a history, each in words of its own wire; nobody but the client
/// knows what came of the call, so that there is nothing to put in the result's place.
/// </summary>
internal static class UnansweredCalls
{
    private const string Code = "tool_result_missing";

    /// <param name="messages">As they are to be said.</param>
    /// <param name="dialect">The client's.</param>
    /// <exception cref="GatewayException">There is such a call.</exception>
    public static void Check(IReadOnlyList<Message> messages, string dialect, LossLedger losses)
    {
        if (!messages.HavePart(static part => part is ToolCallPart))
        {
            return;
        }

        var waiting = new Dictionary<string, (int Count, ToolCallPart Call)>();
        bool goesOn = false;
        foreach (Message message in messages)
        {
            if (message.Role == Role.Assistant)
            {
                Demand(waiting, goesOn, dialect, losses);
                goesOn = false;
                AddCalls(waiting, message);
            }
            else if (message.Role is not (Role.System or Role.Developer))
            {
                goesOn = true;
                RemoveAnswered(waiting, message);
            }
        }

        Demand(waiting, goesOn, dialect, losses);
    }

    private static void AddCalls(Dictionary<string, (int Count, ToolCallPart Call)> waiting, Message message)
    {
        foreach (ContentPart part in message.Parts)
        {
            if (part is ToolCallPart call)
            {
                waiting[call.CallId] = (waiting.GetValueOrDefault(call.CallId).Count + 1, call);
            }
        }
    }

    private static void RemoveAnswered(Dictionary<string, (int Count, ToolCallPart Call)> waiting, Message message)
    {
        foreach (ContentPart part in message.Parts)
        {
            if (part is not ToolResultPart result || !waiting.TryGetValue(result.CallId, out var left))
            {
                continue;
            }

            if (left.Count == 1)
            {
                waiting.Remove(result.CallId);
            }
            else
            {
                waiting[result.CallId] = left with { Count = left.Count - 1 };
            }
        }
    }

    private static void Demand(
        Dictionary<string, (int Count, ToolCallPart Call)> waiting, bool goesOn, string dialect, LossLedger losses)
    {
        if (!goesOn || waiting.Count == 0)
        {
            return;
        }

        ToolCallPart call = waiting.Values.First().Call;
        string id = call.CallId.Length == 0 ? "" : $" '{ShortText.Of(call.CallId)}'";
        throw losses.Refusal(
            FieldOf(dialect),
            Code,
            $"The call{id} of '{ShortText.Of(call.Name)}' has no result before the conversation goes on",
            "Send its result right after it, even if only that it was broken off, or leave the call out.");
    }

    /// <summary>Where the client's dialect has its turns.</summary>
    private static string FieldOf(string dialect) => dialect switch
    {
        DialectIds.OpenAIResponses or DialectIds.GoogleInteractions => "input",
        DialectIds.GoogleGemini => "contents",
        _ => "messages",
    };
}
