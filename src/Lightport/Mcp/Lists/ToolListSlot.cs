namespace Lightport.Mcp.Lists;

/// <summary>
/// The list of one server: asked for by one of those who wait, and remembered while it serves. Where the server is
/// away, the last list serves on for a day.
/// </summary>
internal sealed class ToolListSlot(TimeProvider time)
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(24);

    /// <summary>A server that could not list is not asked again by every request that comes.</summary>
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Known? _known;
    private Task<ToolList>? _asking;

    /// <summary>The list that is remembered, fresh or not; null for none.</summary>
    public ToolList? Last => Volatile.Read(ref _known)?.List;

    /// <summary>Of the last time that it was asked; null where it was never, or all went well.</summary>
    public string? LastProblem { get; private set; }

    /// <summary>The list, where it serves without being asked for.</summary>
    public ToolList? Fresh =>
        Volatile.Read(ref _known) is { } known && time.GetTimestamp() < known.FreshUntil ? known.List : null;

    /// <param name="ask">
    /// Asks the server, told what was known of it; whoever waits may go, and it is asked for all the same.
    /// </param>
    /// <param name="otherwise">How long the list serves where it does not say so itself.</param>
    /// <param name="servesOn">Is told why, where an old list serves on.</param>
    public async ValueTask<ToolList> GetAsync(
        Func<ToolList?, Task<ToolList>> ask,
        TimeSpan otherwise,
        Action<McpException> servesOn,
        CancellationToken cancellationToken)
    {
        if (Fresh is { } fresh)
        {
            return fresh;
        }

        Task<ToolList> asking;
        lock (_lock)
        {
            asking = _asking is { IsCompleted: false } ? _asking : _asking = AskAsync(ask, otherwise, servesOn);
        }

        return await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was listed elsewhere, and has served there for a while already.</summary>
    public void Know(ToolList list, TimeSpan left) =>
        Volatile.Write(ref _known, new Known(list, At(left), At(left + LongestOutage)));

    /// <summary>The server says that its tools have changed.</summary>
    public void Outdate()
    {
        if (Volatile.Read(ref _known) is { } known)
        {
            Volatile.Write(ref _known, known with { FreshUntil = time.GetTimestamp() });
        }
    }

    private async Task<ToolList> AskAsync(
        Func<ToolList?, Task<ToolList>> ask, TimeSpan otherwise, Action<McpException> servesOn)
    {
        // Nobody waits inside the lock for what is done before the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            ToolList list = await ask(Last).ConfigureAwait(false);
            Know(list, list.Lifetime ?? otherwise);
            LastProblem = null;
            return list;
        }
        catch (McpException e)
        {
            LastProblem = e.Message;
            if (Volatile.Read(ref _known) is not { } known || time.GetTimestamp() >= known.ServesUntil)
            {
                throw;
            }

            Volatile.Write(ref _known, known with { FreshUntil = At(PauseAfterFailure) });
            servesOn(e);
            return known.List;
        }
    }

    private long At(TimeSpan span) => time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed record Known(ToolList List, long FreshUntil, long ServesUntil);
}
