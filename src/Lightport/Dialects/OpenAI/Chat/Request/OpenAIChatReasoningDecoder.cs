using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Reads streamed thinking, which may come under two names in one chunk, and again whole with its state.
/// </summary>
internal sealed class OpenAIChatReasoningDecoder
{
    /// <summary>Text was told since the last state.</summary>
    private bool _told;

    /// <summary>It came under a plain name, so that details which bring the state only repeat it.</summary>
    private bool _toldPlainly;

    public void Decode(
        in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, AnswerParts parts, List<StreamEvent> events)
    {
        JsonSlice plain = choice.ReasoningContent.IsText(data) ? choice.ReasoningContent : choice.Reasoning;
        bool hasPlain = plain.IsText(data);
        if (hasPlain)
        {
            (_told, _toldPlainly) = (true, true);
            parts.TellReasoning(LenientText.Read(plain.In(data)), events);
        }

        if (choice.ReasoningDetails.Is(data, '['))
        {
            JsonElement details = JsonElement.Parse(choice.ReasoningDetails.In(data));
            bool bringsState = details.EnumerateArray().Any(detail => OpenAIChatReasoning.StateOf(detail) is not null);
            HashSet<string>? calls = null;
            foreach (JsonElement detail in details.EnumerateArray())
            {
                if (detail.TextOf("id") is not { } id || !(calls ??= CallIds(choice, data)).Contains(id))
                {
                    Decode(detail, hasPlain || (_toldPlainly && bringsState), parts, events);
                }
            }
        }
    }

    /// <summary>The states that a chunk's details have for its calls; null where it has no details.</summary>
    public static OpenAIChatCallStates? StatesOfCalls(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data) =>
        choice.ReasoningDetails.Is(data, '[')
            ? new OpenAIChatCallStates(JsonElement.Parse(choice.ReasoningDetails.In(data)).EnumerateArray())
            : null;

    private void Decode(JsonElement detail, bool repeats, AnswerParts parts, List<StreamEvent> events)
    {
        OpaqueState? state = OpenAIChatReasoning.StateOf(detail);
        string text = OpenAIChatReasoning.TextOfDetail(detail);
        if (text.Length > 0 && !repeats)
        {
            _told = true;
            parts.TellReasoning(text, events);
        }

        if (state is not null)
        {
            if (_told && text.Length == 0 && !OpenAIChatReasoning.MayHoldText(state))
            {
                parts.EndRunning(events);
            }

            (_told, _toldPlainly) = (false, false);
            parts.Seal(state, events);
        }
    }

    private static HashSet<string> CallIds(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data) =>
        OpenAIChatCallList.Is(data, choice.ToolCalls)
            ? OpenAIChatReasoning.CallIds(OpenAIChatCalls.In(JsonElement.Parse(choice.ToolCalls.In(data))))
            : [];
}
