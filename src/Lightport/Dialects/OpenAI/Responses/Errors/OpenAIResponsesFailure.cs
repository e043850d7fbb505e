using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Failures that are told inside a success: in the response itself, or as an event of its stream.</summary>
internal static class OpenAIResponsesFailure
{
    /// <summary>What a response says that it failed of; null where it did not.</summary>
    /// <param name="response">A response, or what came in its place.</param>
    public static GatewayError? Of(JsonElement response, ErrorStage stage)
    {
        if (response.ValueOf("error") is { } error && OpenAIChatErrorReader.IsError(error))
        {
            return Read(JsonMarshal.GetRawUtf8Value(error.ValueKind == JsonValueKind.Object ? error : response), stage);
        }

        return response.TextOf("status") is { } status
            && status is "failed" or "cancelled" or "queued" or "in_progress"
                ? GatewayError.BadUpstream($"The provider did not finish its answer (status: {status}).", stage)
                : null;
    }

    /// <summary>Reads an event that stands outside the answer, or the error inside of one.</summary>
    public static GatewayError Read(ReadOnlySpan<byte> error, ErrorStage stage)
    {
        GatewayError read = OpenAIChatErrorReader.InsideSuccess(error, stage);

        // The event's own type says only that it is one.
        return read.Type == "error" ? read with { Type = null } : read;
    }
}
