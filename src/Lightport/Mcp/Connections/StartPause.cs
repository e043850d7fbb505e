using System.Globalization;

namespace Lightport.Mcp.Connections;

/// <summary>
/// How long a program that ends again and again rests before it is started anew: the first two times not at all, then a
/// second, and twice as long each time, up to a minute.
/// </summary>
internal sealed class StartPause(TimeProvider time)
{
    private const int Free = 2;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A program that ran so long has not ended again.</summary>
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(2);

    private long? _last;
    private int _soon;

    /// <summary>It is about to be started.</summary>
    /// <exception cref="McpException">It rests.</exception>
    public void Begin(McpServer server)
    {
        if (_last is { } last)
        {
            TimeSpan since = time.GetElapsedTime(last);
            if (Rest - since is { Ticks: > 0 } left)
            {
                throw new McpException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The program of the MCP server '{server.Label}' has ended {_soon} times in a row, and is started "
                    + $"again in {Math.Ceiling(left.TotalSeconds)} s. Its errors are in the log (902, at Debug)."));
            }

            _soon = since < Steady ? _soon + 1 : 0;
        }

        _last = time.GetTimestamp();
    }

    private TimeSpan Rest => _soon < Free ? TimeSpan.Zero
        : _soon - Free > 6 ? Longest
        : TimeSpan.FromTicks(Math.Min(First.Ticks << (_soon - Free), Longest.Ticks));
}
