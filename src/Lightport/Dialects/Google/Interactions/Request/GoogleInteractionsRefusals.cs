using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// What only whoever keeps an interaction, or runs an agent, could do: refused by name, whoever answers.
/// </summary>
internal static class GoogleInteractionsRefusals
{
    private static readonly (string Field, string Why)[] Refused =
    [
        ("agent", "Agents run at Google alone; ask for a model."),
    ];

    /// <exception cref="GatewayException">The request asks for such a thing.</exception>
    public static void Check(JsonEnvelope body)
    {
        foreach ((string field, string why) in Refused)
        {
            if (body.TryGet(field, out JsonField said) && said.Type != JsonTokenType.Null)
            {
                throw GatewayException.BadRequest($"'{field}' cannot be served. {why}", field, "unsupported_parameter");
            }
        }

        if (body.TryGet(GoogleInteractionsContinuation.Field, out JsonField previous)
            && previous.Type is not (JsonTokenType.Null or JsonTokenType.String))
        {
            throw GatewayException.BadRequest(
                $"'{GoogleInteractionsContinuation.Field}' must be a string.", GoogleInteractionsContinuation.Field);
        }

        if (body.TryGet("background", out JsonField background) && background.Type == JsonTokenType.True)
        {
            throw GatewayException.BadRequest(
                "'background' cannot be served. Wait for the answer, or stream it.",
                "background",
                "unsupported_parameter");
        }

        if (!body.TryGet("input", out JsonField input) || input.Type == JsonTokenType.Null)
        {
            throw GatewayException.BadRequest("You must provide 'input'.", "input", "missing_required_parameter");
        }
    }
}
