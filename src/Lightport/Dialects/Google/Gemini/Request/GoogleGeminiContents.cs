using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>A conversation of nothing is refused, also where the body is passed on unread.</summary>
internal static class GoogleGeminiContents
{
    /// <param name="fields">The fields that it may stand in, as a complaint names the first of them.</param>
    /// <exception cref="GatewayException">None of them is there.</exception>
    public static void Check(JsonEnvelope body, params ReadOnlySpan<string> fields)
    {
        foreach (string field in fields)
        {
            if (body.TryGet(field, out JsonField said) && said.Type != JsonTokenType.Null)
            {
                return;
            }
        }

        throw GatewayException.BadRequest(
            $"You must provide '{fields[0]}'.", fields[0], "missing_required_parameter");
    }
}
