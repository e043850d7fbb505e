using System.Text.Json.Serialization;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>Sums of usage.</summary>
internal sealed record UsageAnswer(
    string From,
    string To,
    IReadOnlyList<string> By,
    IReadOnlyList<UsageAnswer.Row> Rows,
    UsageAnswer.Row Total)
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

        public Row Plus(UsageRow row) => this with
        {
            Requests = Requests + row.Requests,
            Errors = Errors + row.Errors,
            Estimated = Estimated + row.Estimated,
            Input = Input + row.Input,
            CacheRead = CacheRead + row.CacheRead,
            CacheWrite = CacheWrite + row.CacheWrite + row.CacheWriteLong,
            InputAudio = InputAudio + row.InputAudio,
            Output = Output + row.Output,
            Reasoning = Reasoning + row.Reasoning,
            OutputAudio = OutputAudio + row.OutputAudio,
            WebSearches = WebSearches + row.WebSearches,
        };
    }
}
