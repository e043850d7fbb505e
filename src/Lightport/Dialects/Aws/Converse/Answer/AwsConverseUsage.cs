using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Token counts (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html):
/// <c>inputTokens</c> leaves out what a cache read or wrote; reasoning is not told apart.
/// </summary>
internal static class AwsConverseUsage
{
    public static TokenUsage Read(JsonElement usage)
    {
        long written = Count(usage, "cacheWriteInputTokens") ?? Count(usage, "cacheWriteInputTokenCount") ?? 0;
        long writtenLong = 0;
        foreach (JsonElement detail in usage.ItemsOf("cacheDetails"))
        {
            writtenLong += detail.TextOf("ttl") == "1h" ? Count(detail, "inputTokens") ?? 0 : 0;
        }

        writtenLong = Math.Min(writtenLong, written);
        return new TokenUsage
        {
            Input = Count(usage, "inputTokens") ?? 0,
            CacheRead = Count(usage, "cacheReadInputTokens") ?? Count(usage, "cacheReadInputTokenCount") ?? 0,
            CacheWrite = written - writtenLong,
            CacheWriteLong = writtenLong,
            Output = Count(usage, "outputTokens") ?? 0,
        };
    }

    /// <summary>The tier that the answer was served in, where it says.</summary>
    public static string? Tier(JsonElement root) => root.ObjectOf("serviceTier")?.TextOf("type");

    private static long? Count(JsonElement usage, string name) =>
        usage.ValueOf(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long count)
            ? Math.Max(count, 0)
            : null;
}
