using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads <c>system_instruction</c> and <c>input</c> into turns: text, content of the user, or steps. What the model did
/// in a row is one turn.
/// </summary>
internal static class GoogleInteractionsInputDecoder
{
    /// <param name="extensions">Takes the fields of steps that only this dialect's clients know.</param>
    /// <exception cref="GatewayException">The input is malformed, or says nothing.</exception>
    public static List<Message> Decode(RequestFields fields, List<Extension> extensions)
    {
        var turns = new GoogleInteractionsTurns();
        if (fields.Text(fields.Root, "system_instruction") is { Length: > 0 } system)
        {
            turns.Add(Role.System, new TextPart(system));
        }

        int before = turns.Count;
        JsonElement input = fields.Required(fields.Root, "input");
        switch (input.ValueKind)
        {
            case JsonValueKind.String:
                turns.Add(Role.User, new TextPart(input.Text()));
                break;
            case JsonValueKind.Object:
                fields.Tally.AddPart();
                turns.Add(Role.User, GoogleInteractionsContentDecoder.Decode(fields, input));
                break;
            case JsonValueKind.Array:
                var steps = new GoogleInteractionsStepDecoder(fields, turns, extensions);
                foreach (JsonElement item in input.EnumerateArray())
                {
                    steps.Add(item);
                }

                break;
            default:
                throw fields.Wrong(input, "must be text, content or steps");
        }

        List<Message> messages = turns.End();
        return messages.Count > before ? messages : throw fields.Wrong(input, "must say something");
    }
}
