using System.Globalization;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Counts what a request is made of while it is read into a conversation. Past a number that no honest client comes
/// near it is refused, and reading ends when the client has gone: a small body may hold a great many pieces.
/// </summary>
internal sealed class RequestTally(CancellationToken cancellationToken)
{
    /// <summary>As many as the Messages API takes (https://platform.claude.com/docs/en/api/messages).</summary>
    public const int MaxMessages = 100_000;

    /// <summary>Content parts and tool calls of all messages together.</summary>
    public const int MaxParts = 250_000;

    public const int MaxTools = 10_000;

    /// <summary>Fields that only the client's dialect knows, wherever in the body.</summary>
    public const int MaxUnknownFields = 100_000;

    private int _messages;
    private int _parts;
    private int _tools;
    private int _unknownFields;

    /// <exception cref="GatewayException">There are too many.</exception>
    public void AddMessage() => Add(ref _messages, MaxMessages, "messages", "messages");

    /// <exception cref="GatewayException">There are too many.</exception>
    public void AddPart() => Add(ref _parts, MaxParts, "content parts", "messages");

    /// <exception cref="GatewayException">There are too many.</exception>
    public void AddTool() => Add(ref _tools, MaxTools, "tools", "tools");

    /// <exception cref="GatewayException">There are too many.</exception>
    public void AddUnknownField(string field) =>
        Add(ref _unknownFields, MaxUnknownFields, "fields that this model's provider does not know", field);

    private void Add(ref int count, int most, string what, string field)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++count > most)
        {
            string limit = most.ToString("N0", CultureInfo.InvariantCulture);
            throw GatewayException.BadRequest(
                $"The request holds more than {limit} {what}. Send less in one request.", field, "request_too_complex");
        }
    }
}
