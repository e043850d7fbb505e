namespace Lightport.Dialects.Anthropic.Hosted;

/// <summary>
/// Messages as clouds serve them (https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock,
/// …/claude-on-vertex-ai): model and streaming are said by the address, the version in the body.
/// </summary>
internal static class AnthropicHosted
{
    /// <param name="messages">Messages as Anthropic itself serves them.</param>
    public static DialectOperation On(AnthropicHost host, DialectOperation messages) =>
        new(host.Dialect, messages.Operation)
        {
            Says = messages.Dialect,
            Reads = messages.Reads,
            Spoken = new AnthropicHostedSpoken(host, messages.Spoken!),
            Passed = new AnthropicHostedPassed(host, messages.Passed!),
        };
}
