using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// What no request can have here, whoever answers it: an answer that nobody waits for, and a conversation that one
/// account alone knows.
/// </summary>
internal static class OpenAIResponsesLimits
{
    /// <exception cref="GatewayException">The request has one of these, or asks nothing.</exception>
    public static void Check(JsonEnvelope body)
    {
        if (IsSaid(body, "background", out JsonField background)
            && background.Type != JsonTokenType.False)
        {
            throw Refused("background", "An answer is told to whoever waits for it: leave 'background' out.");
        }

        if (IsSaid(body, "conversation", out _))
        {
            throw Refused(
                "conversation",
                "'conversation' names what one account keeps: send the history, or 'previous_response_id'.");
        }

        CheckInput(body);
    }

    private static void CheckInput(JsonEnvelope body)
    {
        if (IsSaid(body, "input", out JsonField input))
        {
            if (input.Type is not (JsonTokenType.String or JsonTokenType.StartArray))
            {
                throw GatewayException.BadRequest(
                    "'input' must be a string or an array of items.", "input", "invalid_type");
            }
        }
        else if (!IsSaid(body, "previous_response_id", out _) && !IsSaid(body, "prompt", out _))
        {
            throw GatewayException.BadRequest("'input' is required.", "input", "missing_required_parameter");
        }
    }

    private static bool IsSaid(JsonEnvelope body, string name, out JsonField field) =>
        body.TryGet(name, out field) && field.Type != JsonTokenType.Null;

    private static GatewayException Refused(string field, string message) =>
        GatewayException.BadRequest(message, field, "unsupported_parameter");
}
