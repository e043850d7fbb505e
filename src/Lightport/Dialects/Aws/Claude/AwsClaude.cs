using System.Collections.Frozen;
using Lightport.Dialects.Anthropic.Hosted;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Aws.Claude;

/// <summary>
/// Claude on Bedrock by InvokeModel
/// (https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html; its page on
/// request and response has the table of betas).
/// </summary>
internal static class AwsClaude
{
    private const string ToolSearch = "tool-search-tool-2025-10-19";

    private static readonly string[] SameBetas =
    [
        "compact-2026-01-12", "computer-use-2024-10-22", "computer-use-2025-01-24", "computer-use-2025-11-24",
        "context-1m-2025-08-07", "context-management-2025-06-27", "dev-full-thinking-2025-05-14", "effort-2025-11-24",
        "fine-grained-tool-streaming-2025-05-14", "interleaved-thinking-2025-05-14", "output-128k-2025-02-19",
        "token-efficient-tools-2025-02-19", "tool-examples-2025-10-29", ToolSearch,
    ];

    public static AnthropicHost Host { get; } = new(DialectIds.AnthropicBedrock, "bedrock-2023-05-31")
    {
        Betas = SameBetas.Select(name => KeyValuePair.Create(name, name))
            .Append(KeyValuePair.Create("advanced-tool-use-2025-11-20", ToolSearch))
            .ToFrozenDictionary(),
        ToolSearchBeta = ToolSearch,
        Framing = new Framing(Framing.AwsEventStream.MediaType, IsText: true, static () => new AwsClaudeFrameReader()),
        ReadError = AwsErrors.Read,
    };
}
