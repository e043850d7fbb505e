namespace Lightport.Bench.Runner;

/// <summary>How long and how much. <c>--quick</c> proves the rig in a few minutes; its numbers mean little.</summary>
internal sealed record BenchOptions
{
    /// <summary>wrk's connections, one thread.</summary>
    public const int Connections = 16;

    public bool Quick { get; init; }

    public int Rounds { get; init; } = 3;

    /// <summary>Length of one contender's turn.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Length of one piece of the load that warms.</summary>
    public int WarmSeconds { get; init; } = 2;

    /// <summary>The most pieces of load that a scenario is warmed with.</summary>
    public int WarmPieces { get; init; } = 30;

    public int FirstByteSamples { get; init; } = 1000;

    public int AllocationRequests { get; init; } = 200;

    public int OpenStreams { get; init; } = 2000;

    public int StallSeconds { get; init; } = 5;

    public int Starts { get; init; } = 7;

    public bool Micro { get; init; } = true;

    /// <summary>Contenders left out, by name.</summary>
    public IReadOnlySet<string> Without { get; init; } = new HashSet<string>();

    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        BenchOptions options = arguments.Contains("--quick")
            ? new BenchOptions
            {
                Quick = true, Rounds = 1, Seconds = 1, WarmSeconds = 1, WarmPieces = 1, FirstByteSamples = 200, AllocationRequests = 50,
                OpenStreams = 500, StallSeconds = 2, Starts = 2, Micro = false,
            }
            : new BenchOptions();
        var without = new HashSet<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--quick":
                    break;
                case "--no-micro":
                    options = options with { Micro = false };
                    break;
                case "--rounds":
                    options = options with { Rounds = Number(arguments, ++i) };
                    break;
                case "--seconds":
                    options = options with { Seconds = Number(arguments, ++i) };
                    break;
                case "--without" when i + 1 < arguments.Count:
                    without.Add(arguments[++i]);
                    break;
                default:
                    throw new ArgumentException(
                        $"Unknown argument '{arguments[i]}'. "
                        + "Known: --quick, --no-micro, --rounds N, --seconds N, --without NAME.");
            }
        }

        return options with { Without = without };
    }

    private static int Number(IReadOnlyList<string> arguments, int at) =>
        at < arguments.Count && int.TryParse(arguments[at], out int number) && number > 0
            ? number
            : throw new ArgumentException($"'{arguments[at - 1]}' needs a number above 0.");
}
