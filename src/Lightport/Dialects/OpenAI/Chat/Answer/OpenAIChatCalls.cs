using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads the tool calls of a whole answer, with what loosely spoken wires leave out.</summary>
internal static class OpenAIChatCalls
{
    /// <summary>The calls of a message, each as it stands.</summary>
    public static IEnumerable<JsonElement> Of(JsonElement message) =>
        message.ValueOf("tool_calls") is { } calls ? In(calls) : [];

    /// <summary>A list, or one call that stands alone, as some servers send it.</summary>
    public static IEnumerable<JsonElement> In(JsonElement calls) => calls.ValueKind switch
    {
        JsonValueKind.Array => calls.EnumerateArray(),
        JsonValueKind.Object => [calls],
        _ => [],
    };

    public static IEnumerable<ToolCallPart> Decode(JsonElement message, string responseId, int choice)
    {
        int index = 0;
        var states = new OpenAIChatCallStates(message.ItemsOf(OpenAIChatWire.ReasoningDetails));
        foreach (JsonElement call in Of(message))
        {
            string id = call.TextOf("id") is { Length: > 0 } given ? given : MadeCallId.Of(responseId, choice, index);
            index++;
            OpaqueState? inside = OpenAIChatCallStates.Inside(call.ValueOf(OpenAIChatWire.ExtraContent));
            yield return Call(call, id, states.Of(id) ?? inside);
        }

        if (index == 0 && message.ValueOf("function_call") is { ValueKind: JsonValueKind.Object } legacy)
        {
            string id = MadeCallId.Of(responseId, choice, 0);
            yield return new ToolCallPart(id, legacy.TextOf("name") ?? "", Arguments(legacy.ValueOf("arguments")));
        }
    }

    /// <summary>Arguments as text: some send an object, or nothing for none.</summary>
    public static string Arguments(JsonElement? arguments) => arguments switch
    {
        { ValueKind: JsonValueKind.String } text => text.Text() is { Length: > 0 } value ? value : "{}",
        { ValueKind: JsonValueKind.Object } value => value.GetRawText(),
        _ => "{}",
    };

    private static ToolCallPart Call(JsonElement call, string id, OpaqueState? state)
    {
        if (call.ValueOf("custom") is { } custom)
        {
            return new ToolCallPart(id, custom.TextOf("name") ?? "", custom.TextOf("input") ?? "")
            {
                Kind = ToolKind.Custom,
                State = state,
            };
        }

        JsonElement function = call.ValueOf("function") ?? call;
        return new ToolCallPart(id, function.TextOf("name") ?? "", Arguments(function.ValueOf("arguments")))
        {
            State = state,
        };
    }
}
