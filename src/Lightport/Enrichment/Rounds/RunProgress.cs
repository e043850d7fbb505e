using Lightport.Conversation;
using Lightport.Exchanges.Stages;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// Tells a client how its runs come on while they last: one word at a time, and two a second at most, however much
/// their servers say. What comes meanwhile is left out, for the next word says more.
/// </summary>
internal sealed class RunProgress(IAnswerListener client, TimeProvider clock, CancellationToken cancellationToken)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private Task _told = Task.CompletedTask;
    private long? _last;
    private bool _isOver;

    public void Tell(RunReport run)
    {
        lock (_lock)
        {
            if (_isOver || !_told.IsCompleted || (_last is { } last && clock.GetElapsedTime(last) < Between))
            {
                return;
            }

            _last = clock.GetTimestamp();
            _told = client.TellAsync(run, cancellationToken).AsTask();
        }
    }

    /// <summary>Nothing more is told; what is being told has been when this ends.</summary>
    public async ValueTask EndAsync()
    {
        Task told;
        lock (_lock)
        {
            _isOver = true;
            told = _told;
        }

        // Where the client could not be told, whoever writes its answer sees that for itself.
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
