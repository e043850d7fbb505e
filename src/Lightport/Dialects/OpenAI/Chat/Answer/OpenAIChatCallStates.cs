using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// What the provider wants back beside each call: OpenRouter names the call in a detail of the reasoning, Google puts
/// it in the call. The details are gone through once, however many calls there are.
/// </summary>
internal sealed class OpenAIChatCallStates
{
    private readonly Dictionary<string, OpaqueState>? _byCall;

    /// <param name="details">The elements of <c>reasoning_details</c>.</param>
    public OpenAIChatCallStates(IEnumerable<JsonElement> details)
    {
        foreach (JsonElement detail in details)
        {
            if (detail.TextOf("id") is { } id && detail.TextOf("data") is { } data)
            {
                _byCall ??= [];
                var state = new OpaqueState(detail.TextOf("format") ?? StateFormats.Gemini, data);
                _byCall.TryAdd(id, OpenAIChatReasoning.Made(state, detail));
            }
        }
    }

    public OpaqueState? Of(string callId) => _byCall?.GetValueOrDefault(callId);

    /// <summary>The state in a call's <c>extra_content</c>.</summary>
    public static OpaqueState? Inside(JsonElement? extraContent) =>
        extraContent?.ValueOf("google")?.TextOf("thought_signature") is { } signature
            ? OpaqueState.FromSlot(signature, StateFormats.Gemini)
            : null;
}
