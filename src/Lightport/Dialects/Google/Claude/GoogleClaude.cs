using System.Collections.Frozen;
using Lightport.Dialects.Anthropic.Hosted;

namespace Lightport.Dialects.Google.Claude;

/// <summary>
/// Claude on Vertex AI (https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai). The page of each
/// beta tells whether it is known there, as
/// https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use does.
/// </summary>
internal static class GoogleClaude
{
    private const string ToolSearch = "tool-search-tool-2025-10-19";

    private static readonly string[] SameBetas =
    [
        "claude-code-20250219", "compact-2026-01-12", "computer-use-2024-10-22", "computer-use-2025-01-24",
        "computer-use-2025-11-24", "context-1m-2025-08-07", "context-management-2025-06-27", "effort-2025-11-24",
        "interleaved-thinking-2025-05-14", "tool-examples-2025-10-29", ToolSearch, "web-search-2025-03-05",
    ];

    public static AnthropicHost Host { get; } = new(DialectIds.AnthropicVertex, "vertex-2023-10-16")
    {
        Betas = SameBetas.Select(name => KeyValuePair.Create(name, name))
            .Append(KeyValuePair.Create("advanced-tool-use-2025-11-20", ToolSearch))
            .ToFrozenDictionary(),
        ToolSearchBeta = ToolSearch,
        HasBetaHeader = true,
        KeepsStream = true,
    };

    /// <summary>Counting has one address for all models.</summary>
    public static AnthropicHost Counting { get; } = Host with
    {
        Dialect = DialectIds.AnthropicVertex + "-count-tokens",
        KeepsModel = true,
    };
}
