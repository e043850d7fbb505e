using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Message threads (https://platform.claude.com/docs/en/build-with-claude/message-threads) need the provider's memory,
/// which a translated request does not reach. Each refusal is one that Anthropic's clients recover from by themselves.
/// Passed on, a thread is its account's, and the client's that was told the message it goes on from.
/// </summary>
internal static class AnthropicMessagesThread
{
    public const string Field = "thread";

    private const string UnsupportedDetails =
        """{"error_code":"thread_unsupported_request","unsupported":["thread"]}""";

    private const string NotFoundDetails = """{"error_code":"thread_not_found"}""";

    private const string Previous = "previous_message_id";

    /// <summary>
    /// What makes the client begin a thread anew with its whole history, perhaps on a target that keeps threads.
    /// </summary>
    public static GatewayError NotFound { get; } = new(
        ErrorStage.Request,
        ErrorKind.NotFound,
        404,
        "This thread is not known here. Send the full conversation with `thread: {\"type\": \"create\"}`.")
    {
        Param = Field,
        Details = NotFoundDetails,
    };

    /// <summary>Whether the answer begins or goes on a thread, so that its id can be gone on from.</summary>
    public static bool IsIn(JsonEnvelope body) =>
        body.TryGet(Field, out JsonField thread) && thread.Type != JsonTokenType.Null;

    /// <summary>The message that a request goes on from, whatever else its thread says.</summary>
    public static IReadOnlyList<AccountReference> References(JsonEnvelope body)
    {
        if (!body.TryGet(Field, out JsonField thread) || thread.Type != JsonTokenType.StartObject)
        {
            return [];
        }

        List<AccountReference>? found = null;
        foreach (JsonProperty property in JsonElement.Parse(body.Value(thread)).EnumerateObject())
        {
            if (JsonNames.AreSame(LenientText.Name(property), Previous)
                && property.Value.ValueKind == JsonValueKind.String)
            {
                (found ??= []).Add(new AccountReference(property.Value.Text(), NotFound));
            }
        }

        return found is null ? [] : found;
    }

    /// <exception cref="GatewayException">The request has a thread.</exception>
    public static void Refuse(RequestFields fields)
    {
        if (fields.Object(fields.Root, Field) is not { } thread)
        {
            return;
        }

        // Unsupported makes the client send the whole history without a thread, now and from here on.
        throw fields.RequiredText(thread, "type") == "continue"
            ? new GatewayException(NotFound)
            : new GatewayException(GatewayError.BadRequest(
                "This model is reached by translation, without threads. Send the full conversation without `thread`.",
                Field) with
            {
                Details = UnsupportedDetails,
            });
    }
}
