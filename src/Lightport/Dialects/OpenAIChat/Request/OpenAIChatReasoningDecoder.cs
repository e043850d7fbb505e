using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Reads streamed thinking, which may come under two names in one chunk, and again whole with its state.
/// </summary>
internal sealed class OpenAIChatReasoningDecoder(int choiceIndex)
{
    /// <summary>Text was told since the last state.</summary>
    private bool _told;

    /// <summary>It came under a plain name, so that details which bring the state only repeat it.</summary>
    private bool _toldPlainly;

    public void Decode(in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        OpenAIChatSlice plain = choice.ReasoningContent.IsText(data) ? choice.ReasoningContent : choice.Reasoning;
        bool hasPlain = plain.IsText(data);
        if (hasPlain)
        {
            (_told, _toldPlainly) = (true, true);
            events.Add(new StreamEvent.ReasoningDelta(OpenAIChatText.Read(plain.In(data))) { Choice = choiceIndex });
        }

        if (choice.ReasoningDetails.Is(data, '['))
        {
            JsonElement details = JsonElement.Parse(choice.ReasoningDetails.In(data));
            bool bringsState = details.EnumerateArray().Any(detail => OpenAIChatReasoning.StateOf(detail) is not null);
            foreach (JsonElement detail in details.EnumerateArray())
            {
                if (!BelongsToCall(detail, choice, data))
                {
                    Decode(detail, hasPlain || (_toldPlainly && bringsState), events);
                }
            }
        }
    }

    /// <summary>The state beside a call: inside it (Google), or in a detail that names it (OpenRouter).</summary>
    public static OpaqueState? StateOfCall(
        in OpenAIChatCallDelta delta, in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data, string callId)
    {
        if (choice.ReasoningDetails.Is(data, '['))
        {
            foreach (JsonElement detail in JsonElement.Parse(choice.ReasoningDetails.In(data)).EnumerateArray())
            {
                if (detail.TextOf("id") == callId && detail.TextOf("data") is { } state)
                {
                    return new OpaqueState(detail.TextOf("format") ?? StateFormats.Gemini, state);
                }
            }
        }

        return delta.ExtraContent.Is(data, '{')
            && JsonElement.Parse(delta.ExtraContent.In(data)).ValueOf("google") is { } google
            && google.TextOf("thought_signature") is { } signature
                ? OpaqueState.FromSlot(signature, StateFormats.Gemini)
                : null;
    }

    private void Decode(JsonElement detail, bool repeats, List<StreamEvent> events)
    {
        OpaqueState? state = OpenAIChatReasoning.StateOf(detail);
        string text = OpenAIChatReasoning.TextOfDetail(detail);
        if (text.Length > 0 && !repeats)
        {
            _told = true;
            events.Add(new StreamEvent.ReasoningDelta(text) { Choice = choiceIndex });
        }

        if (state is not null)
        {
            if (_told && text.Length == 0 && !OpenAIChatReasoning.MayHoldText(state))
            {
                events.Add(new StreamEvent.PartEnd { Choice = choiceIndex });
            }

            (_told, _toldPlainly) = (false, false);
            events.Add(new StreamEvent.ReasoningSealed(state) { Choice = choiceIndex });
        }
    }

    private static bool BelongsToCall(JsonElement detail, in OpenAIChatChunkChoice choice, ReadOnlySpan<byte> data)
    {
        return detail.TextOf("id") is { } id
            && choice.ToolCalls.Is(data, '[')
            && JsonElement.Parse(choice.ToolCalls.In(data)).EnumerateArray().Any(call => call.TextOf("id") == id);
    }
}
