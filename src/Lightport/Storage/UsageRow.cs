namespace Lightport.Storage;

/// <summary>What one key used of one model in one hour by way of one instance of the gateway.</summary>
public sealed record UsageRow
{
    /// <summary><see cref="ClientKeyRecord.Id"/>; <c>-</c> where admission is open.</summary>
    public required string KeyId { get; init; }

    public required string KeyName { get; init; }

    /// <summary>The hour's beginning, UTC.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>The process that counted; no two processes share one, so no two write the same row.</summary>
    public required string Instance { get; init; }

    /// <summary><c>provider/model</c>; <c>-</c> where no provider was asked.</summary>
    public required string Model { get; init; }

    public long Requests { get; init; }

    /// <summary>
    /// Those of <see cref="Requests"/> that were answered with an error, or ended in one; a client that goes is none.
    /// </summary>
    public long Errors { get; init; }

    /// <summary>
    /// Those of <see cref="Requests"/> whose tokens the gateway estimated, and attempts that failed before another.
    /// </summary>
    public long Estimated { get; init; }

    public long Input { get; init; }

    public long CacheRead { get; init; }

    public long CacheWrite { get; init; }

    public long CacheWriteLong { get; init; }

    public long InputAudio { get; init; }

    public long Output { get; init; }

    public long Reasoning { get; init; }

    public long OutputAudio { get; init; }

    public long WebSearches { get; init; }
}
