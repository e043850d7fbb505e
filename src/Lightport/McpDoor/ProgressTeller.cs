using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Lightport.McpDoor;

/// <summary>
/// Tells a client of a call's progress, one word at a time: what comes while the client still takes the last one is
/// left out, for the next says more.
/// </summary>
internal sealed class ProgressTeller(McpServer server, ProgressToken token, TimeProvider clock)
{
    /// <summary>As for clients of models (<see cref="Enrichment.Rounds.RunProgress"/>).</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task _told = Task.CompletedTask;
    private int _count;
    private long? _last;

    /// <summary>Tells what a server says: two words a second at most, however much it says.</summary>
    public void Tell(string message)
    {
        lock (_lock)
        {
            if ((_last is not { } last || clock.GetElapsedTime(last) >= Between) && TryTell(message))
            {
                _last = clock.GetTimestamp();
            }
        }
    }

    /// <returns>False where the client still takes the one before.</returns>
    public bool TryTell(string message)
    {
        lock (_lock)
        {
            if (!_told.IsCompleted)
            {
                return false;
            }

            _count++;
            _told = server.NotifyProgressAsync(
                token, new ProgressNotificationValue { Progress = _count, Message = message });
            return true;
        }
    }

    /// <summary>Ends when the last has been told, so that the answer comes after it.</summary>
    public async Task EndAsync()
    {
        Task last;
        lock (_lock)
        {
            last = _told;
        }

        // Where it could not be told, neither can the answer, which says so.
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
