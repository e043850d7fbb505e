namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Cache diagnostics (https://platform.claude.com/docs/en/build-with-claude/cache-diagnostics): of each request that
/// has the object the account keeps a fingerprint under the answer's id, and tells where a later request that names it
/// differs.
/// </summary>
internal static class AnthropicMessagesDiagnostics
{
    public static ComparedId Compared { get; } = new("diagnostics", "previous_message_id", saysNull: true);
}
