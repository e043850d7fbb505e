using System.Text.Json.Serialization;

namespace Lightport.Management;

/// <summary>Sums of usage.</summary>
/// <param name="Next">What <c>after</c> takes for the rows that follow; null where none do.</param>
internal sealed record UsageAnswer(
    string From,
    string To,
    IReadOnlyList<string> By,
    IReadOnlyList<UsageAnswer.Row> Rows,
    UsageAnswer.Row Total,
    string? Next)
{
    /// <summary>One sum, with what it is of where that was asked for.</summary>
    internal sealed record Row
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? KeyId { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Key { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Model { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Provider { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Route { get; init; }

        /// <summary>What a rule marked the requests with.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Tag { get; init; }

        /// <summary>The keys' own tags, those that were asked for.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyDictionary<string, string>? KeyTags { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Day { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public string? Hour { get; init; }

        public long Requests { get; init; }

        public long Errors { get; init; }

        public long Estimated { get; init; }

        public long Input { get; init; }

        public long CacheRead { get; init; }

        public long CacheWrite { get; init; }

        public long InputAudio { get; init; }

        public long Output { get; init; }

        public long Reasoning { get; init; }

        public long OutputAudio { get; init; }

        public long WebSearches { get; init; }

        public long FailedAttempts { get; init; }

        /// <summary>What of it used something whose price is unknown, and is not in the dollars.</summary>
        public long Unpriced { get; init; }

        public decimal CostUsd { get; init; }

        public decimal InputCostUsd { get; init; }

        public decimal OutputCostUsd { get; init; }

        /// <summary>Of runs of MCP servers' tools.</summary>
        public decimal ToolCostUsd { get; init; }

        /// <summary>Of attempts that came to nothing.</summary>
        public decimal LostCostUsd { get; init; }

        /// <summary>Of tokens that the gateway estimated.</summary>
        public decimal EstimatedCostUsd { get; init; }

        /// <summary>Who said what it costs.</summary>
        public IReadOnlyList<string> PriceVersions { get; init; } = [];

        /// <summary>Null where nothing was answered.</summary>
        public Percentiles? FirstByteMs { get; init; }

        /// <summary>Null where nothing was answered.</summary>
        public Percentiles? DurationMs { get; init; }
    }

    /// <summary>Milliseconds that half, nine of ten and 99 of 100 answers took at most.</summary>
    internal sealed record Percentiles(long P50, long P90, long P99);
}
