namespace Lightport.Storage;

/// <summary>
/// What one key used of one model, by one route and under one tag, in one hour by way of one instance of the gateway.
/// </summary>
public sealed record UsageRow
{
    /// <summary>
    /// The form that rows are written in. Rows of the first one say nothing of it, and have neither money nor times.
    /// </summary>
    public const int Format = 2;

    /// <summary><see cref="ClientKeyRecord.Id"/>; <c>-</c> where admission is open.</summary>
    public required string KeyId { get; init; }

    public required string KeyName { get; init; }

    /// <summary>The hour's beginning, UTC.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>The process that counted; no two processes share one, so no two write the same row.</summary>
    public required string Instance { get; init; }

    /// <summary><c>provider/model</c>; <c>-</c> where no provider was asked.</summary>
    public required string Model { get; init; }

    /// <summary>The entry under <c>models</c>; empty where none was taken.</summary>
    public string Route { get; init; } = "";

    /// <summary>What a rule marked the requests with; empty where none did.</summary>
    public string Tag { get; init; } = "";

    /// <summary>The key's tags at that time, as <see cref="TagText"/> writes them.</summary>
    public string KeyTags { get; init; } = "";

    /// <summary>Who said what it costs, with commas between where that changed within the hour.</summary>
    public string PriceVersions { get; init; } = "";

    public UsageSums Sums { get; init; } = new();
}
