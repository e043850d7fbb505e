namespace Lightport.Routing;

/// <summary>How long each stage of an attempt may take.</summary>
public sealed record StageTimeouts
{
    public static StageTimeouts Default { get; } = new();

    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the request to a stream's first byte.</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// From the request to the first byte of an answer that is not streamed: it begins when all of it has been thought
    /// and written.
    /// </summary>
    public TimeSpan WholeAnswer { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest silence inside an answer.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The whole request, all attempts together.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(15);
}
