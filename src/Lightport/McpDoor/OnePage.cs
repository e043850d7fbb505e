using ModelContextProtocol;

namespace Lightport.McpDoor;

/// <summary>What is true of every list at the MCP door.</summary>
internal static class OnePage
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>How long clients may go by a list: a key's models, and so its servers, may change at any time.
    /// </summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(1);

    /// <summary>How long clients may go by what a server says so of; not at all where it does not.</summary>
    public static TimeSpan Bounded(TimeSpan? said) =>
        said is not { Ticks: > 0 } lifetime ? TimeSpan.Zero : lifetime < Longest ? lifetime : Longest;

    /// <exception cref="McpProtocolException">Another page is asked for.</exception>
    public static void Check(string? cursor)
    {
        if (cursor is not null)
        {
            throw new McpProtocolException(
                "The list has one page: leave 'cursor' out.", McpErrorCode.InvalidParams);
        }
    }
}
