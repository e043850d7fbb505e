using Lightport.Bench.Runner.Contenders;

namespace Lightport.Bench.Runner.Load;

/// <summary>
/// Loads a contender until it is as fast as it will be. The runtime compiles what is called often a second and a third
/// time, beside the load; on a slow machine that takes most of a minute, and a fixed time would measure the compiler.
/// </summary>
internal static class Warmth
{
    /// <summary>What is not faster than this, against the fastest piece before, counts as no rise.</summary>
    private const double Rise = 1.03;

    /// <summary>So many pieces in a row without a rise are the end.</summary>
    private const int Steady = 3;

    /// <returns>How long it was loaded, in seconds.</returns>
    public static async Task<int> ReachAsync(BenchContext bench, RunningContender target, Scenario scenario)
    {
        double best = 0;
        int pieces = 0;
        for (int steady = 0; steady < Steady && pieces < bench.Options.WarmPieces; pieces++)
        {
            WrkResult piece = await Wrk.RunAsync(bench, target, scenario, bench.Options.WarmSeconds);
            steady = piece.PerSecond > best * Rise ? 0 : steady + 1;
            best = Math.Max(best, piece.PerSecond);
        }

        return pieces * bench.Options.WarmSeconds;
    }
}
