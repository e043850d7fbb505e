namespace Lightport.Mcp.Lists;

/// <summary>
/// A list of one server: asked for by one of those who wait, and remembered while it serves. Where the server is
/// away, the last list serves on for a day. That it could not list is remembered too, so that not every request waits
/// for it anew.
/// </summary>
internal sealed class ListSlot<TList>(TimeProvider time)
    where TList : class, IServerList
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(24);

    /// <summary>A server that could not list is asked anew after this, and later and later, while it cannot.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A request waits no longer for a server that could not list the last time; the asking goes on.</summary>
    private static readonly TimeSpan Brief = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Known? _known;
    private Failed? _failed;
    private Task<TList>? _asking;

    /// <summary>The list that is remembered, fresh or not; null for none.</summary>
    public TList? Last => Volatile.Read(ref _known)?.List;

    /// <summary>Of the last time that it was asked; null where it was never, or all went well.</summary>
    public string? LastProblem => Volatile.Read(ref _failed)?.Reason;

    /// <summary>The list, where it serves without being asked for.</summary>
    public TList? Fresh =>
        Volatile.Read(ref _known) is { } known && time.GetTimestamp() < known.FreshUntil ? known.List : null;

    /// <param name="ask">
    /// Asks the server, told what was known of it; whoever waits may go, and it is asked for all the same.
    /// </param>
    /// <param name="otherwise">How long the list serves where it does not say so itself.</param>
    /// <param name="servesOn">Is told why, where an old list serves on.</param>
    public async ValueTask<TList> GetAsync(
        Func<TList?, Task<TList>> ask,
        TimeSpan otherwise,
        Action<McpException> servesOn,
        CancellationToken cancellationToken)
    {
        if (Fresh is { } fresh)
        {
            return fresh;
        }

        Task<TList> asking;
        Failed? failed;
        lock (_lock)
        {
            failed = _failed;
            if (_asking is { IsCompleted: false })
            {
                asking = _asking;
            }
            else if (failed is not null && time.GetTimestamp() < failed.Until)
            {
                return Otherwise(failed);
            }
            else
            {
                asking = _asking = AskAsync(ask, otherwise, servesOn);
            }
        }

        if (failed is null)
        {
            return await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await asking.WaitAsync(Brief, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return Otherwise(failed);
        }
    }

    /// <summary>What was listed elsewhere, and has served there for a while already.</summary>
    public void Know(TList list, TimeSpan left) =>
        Volatile.Write(ref _known, new Known(list, At(left), At(left + LongestOutage)));

    /// <summary>The server says that its tools have changed.</summary>
    public void Outdate()
    {
        if (Volatile.Read(ref _known) is { } known)
        {
            Volatile.Write(ref _known, known with { FreshUntil = time.GetTimestamp() });
        }
    }

    private async Task<TList> AskAsync(
        Func<TList?, Task<TList>> ask, TimeSpan otherwise, Action<McpException> servesOn)
    {
        // Nobody waits inside the lock for what is done before the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            TList list = await ask(Last).ConfigureAwait(false);
            Know(list, list.Lifetime ?? otherwise);
            Volatile.Write(ref _failed, null);
            return list;
        }
        catch (McpException e)
        {
            // Asking for a program that still starts costs nothing.
            Failed failed = Volatile.Read(ref _failed) is { } before && !e.IsStarting
                ? Failing(e, before.Pause * 2 < LongestPause ? before.Pause * 2 : LongestPause)
                : Failing(e, ShortestPause);
            Volatile.Write(ref _failed, failed);
            if (Serving is not { } list)
            {
                throw;
            }

            servesOn(e);
            return list;
        }
    }

    /// <summary>What is known of old, while it may serve.</summary>
    private TList? Serving =>
        Volatile.Read(ref _known) is { } known && time.GetTimestamp() < known.ServesUntil ? known.List : null;

    /// <exception cref="McpException">No list of old serves on.</exception>
    private TList Otherwise(Failed failed) => Serving
        ?? throw new McpException(failed.Reason) { Word = failed.Word };

    private Failed Failing(McpException reason, TimeSpan pause) => new(reason.Message, reason.Word, pause, At(pause));

    private long At(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed record Failed(string Reason, string Word, TimeSpan Pause, long Until);

    private sealed record Known(TList List, long FreshUntil, long ServesUntil);
}
