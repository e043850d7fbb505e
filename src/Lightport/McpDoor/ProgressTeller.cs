using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Lightport.McpDoor;

/// <summary>
/// Tells a client of a call's progress, one word at a time: what comes while the client still takes the last one is
/// left out, for the next says more.
/// </summary>
internal sealed class ProgressTeller(McpServer server, ProgressToken token)
{
    private readonly Lock _lock = new();
    private Task _told = Task.CompletedTask;
    private int _count;

    public void Tell(string message) => TryTell(message);

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
