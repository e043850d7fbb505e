using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Message threads (https://platform.claude.com/docs/en/build-with-claude/message-threads) need the provider's memory,
/// which a translated request does not reach. Each refusal is one that Anthropic's clients recover from by themselves.
/// </summary>
internal static class AnthropicMessagesThread
{
    private const string UnsupportedDetails =
        """{"error_code":"thread_unsupported_request","unsupported":["thread"]}""";

    private const string NotFoundDetails = """{"error_code":"thread_not_found"}""";

    /// <exception cref="GatewayException">The request has a thread.</exception>
    public static void Refuse(RequestFields fields)
    {
        if (fields.Object(fields.Root, "thread") is not { } thread)
        {
            return;
        }

        // Not found makes the client begin a thread anew with its whole history, perhaps on a target that keeps
        // threads; unsupported makes it send the whole history without one, now and from here on.
        throw fields.RequiredText(thread, "type") == "continue"
            ? new GatewayException(new GatewayError(
                ErrorStage.Request,
                ErrorKind.NotFound,
                404,
                "This thread is not known here. Send the full conversation with `thread: {\"type\": \"create\"}`.")
            {
                Param = "thread",
                Details = NotFoundDetails,
            })
            : new GatewayException(GatewayError.BadRequest(
                "This model is reached by translation, without threads. Send the full conversation without `thread`.",
                "thread") with
            {
                Details = UnsupportedDetails,
            });
    }
}
