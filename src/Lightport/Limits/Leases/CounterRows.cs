using System.Globalization;
using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// One counter's rows in the store, as one instance asks for them. Used by one talk at a time. A limit that many may
/// ask of at once is spread over rows, each with its part; each instance takes from a row of its own as long as there
/// is enough in it, so that few meet at one.
/// </summary>
internal sealed class CounterRows(LimitCounter counter, LeaseSurroundings around)
{
    private const int MostRaces = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly string _name = $"{counter.Measure}|{counter.Period}|{counter.Limit}|{counter.Subject}";
    private readonly int _home = (int)(around.Chance() * LimitRows.Count(counter));
    private LimitPlace? _place;
    private string? _unheard;
    private long _writes;
    private int _pauses;
    private long _askedAt;

    /// <summary>A writing was sent, and whether it was made nobody knows, nor whether it will be.</summary>
    public bool IsUnsure { get; private set; }

    /// <summary>
    /// Whether a talk that lasts is not the store's fault: the allowance is used up, or others were faster and it is
    /// tried again, or the store has just been asked.
    /// </summary>
    public bool IsPatient(long now) => Volatile.Read(ref _pauses) > 0
        || (Volatile.Read(ref _askedAt) is > 0 and var asked && now - asked <= LeaseTerms.Prompt.Ticks);

    public OperationAllowance Allowance { get; } = new(around.Store.IsNear);

    private bool IsHeld => counter.Period == LimitPeriod.WhileHeld;

    /// <summary>Asks for nothing but the time.</summary>
    public ValueTask<LimitReading> LookAsync(LimitWindow window) => ReadAsync(window, _home);

    /// <summary>The same a moment later.</summary>
    public async Task LookSoonAsync(LimitWindow window)
    {
        await Task.Delay(LeaseTerms.Unsure, around.Time).ConfigureAwait(false);
        await LookAsync(window).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes what is needed and something ahead; where there is not as much, all there is, if that is of use; else
    /// nothing.
    /// </summary>
    /// <exception cref="StoreException">The store failed, and nothing was taken that is known of.</exception>
    public async ValueTask<LeaseTake> TakeAsync(LimitWindow window, LeaseWish wish)
    {
        (long got, long tried) = (0, 0);
        (_unheard, IsUnsure) = (null, false);
        try
        {
            for (int races = 0; races < MostRaces;)
            {
                LimitReading reading = await ReadAsync(window, number: null, atOnce: got > 0).ConfigureAwait(false);
                got += IsMade(reading) ? tried : 0;
                long need = wish.Need - got;
                long left = LimitRows.Left(reading, counter.Most);
                if (got > 0 && need <= 0)
                {
                    return new LeaseTake(got, Math.Max(0, left));
                }

                long slice = LeaseSizes.Slice(need, wish.Slice - got, left);
                LimitRow row = Choose(reading, slice);
                long take = Math.Min(slice, Math.Min(left, LimitRows.Left(row, counter, reading.At)));
                if (take <= 0 || left < Math.Min(need, wish.Least))
                {
                    return new LeaseTake(got, Math.Max(0, left)) { Short = reading };
                }

                if (!await WriteAsync(window, Take(row, take, wish.Total + got, reading.At)).ConfigureAwait(false))
                {
                    tried = take;
                    await PauseAsync(++races).ConfigureAwait(false);
                    continue;
                }

                got += take;
                if (take >= need || take == left)
                {
                    return new LeaseTake(got, left - take);
                }
            }
        }
        catch (StoreException) when (got > 0)
        {
            // What was taken is there to be used; whoever needs more meets the failure anew.
        }

        return new LeaseTake(got, 0) { IsUndecided = true };
    }

    /// <summary>Gives back, or, below zero, tells what was used beyond all that was taken.</summary>
    /// <param name="total">What the instance has after it.</param>
    /// <param name="seen">All rows as they were a moment ago, where that is known.</param>
    /// <returns>False where others were faster each time; the store is as it was.</returns>
    public async ValueTask<bool> GiveAsync(LimitWindow window, long amount, long total, LimitReading? seen)
    {
        (_unheard, IsUnsure) = (null, false);
        for (int races = 0; races < MostRaces;)
        {
            LimitReading reading = seen ?? await ReadAsync(window, _home).ConfigureAwait(false);
            if (IsMade(reading))
            {
                return true;
            }

            LimitRow row = Array.Find(LimitRows.All(reading, counter), row => row.Number == _home)!;
            seen = null;
            if (await WriteAsync(window, IsHeld
                ? LimitRows.Leased(row, around.Holder, total, reading.At)
                : LimitRows.Taken(row, -amount)).ConfigureAwait(false))
            {
                return true;
            }

            await PauseAsync(++races).ConfigureAwait(false);
        }

        return false;
    }

    private LimitRow Take(LimitRow row, long amount, long total, DateTimeOffset at) => IsHeld
        ? LimitRows.Leased(row, around.Holder, total + amount, at)
        : LimitRows.Taken(row, amount);

    /// <summary>The own row where it has enough, else another one that has, by chance; else the fullest.</summary>
    private LimitRow Choose(LimitReading reading, long slice)
    {
        LimitRow[] rows = LimitRows.All(reading, counter);
        LimitRow[] enough = [.. rows.Where(row => Left(row) >= slice)];
        return Array.Find(enough, row => row.Number == _home)
            ?? (enough.Length > 0 ? enough[(int)(around.Chance() * enough.Length)] : rows.MaxBy(Left)!);

        long Left(LimitRow row) => LimitRows.Left(row, counter, reading.At);
    }

    /// <param name="atOnce">A request that asks for more than one row has goes on, and the next talk waits.</param>
    private async ValueTask<LimitReading> ReadAsync(LimitWindow window, int? number, bool atOnce = false)
    {
        TimeSpan wait = Allowance.Take(around.Clock.Local);
        if (wait > TimeSpan.Zero && !atOnce)
        {
            await PauseAsync(wait).ConfigureAwait(false);
        }

        long sent = around.Clock.Local;
        LimitReading reading = await AskAsync(number is { } one
            ? around.Store.ReadAsync(Place(window), one, CancellationToken.None)
            : around.Store.ReadAllAsync(Place(window), CancellationToken.None)).ConfigureAwait(false);
        around.Clock.Tell(sent, reading);
        around.Watch.Succeeded();
        return reading;
    }

    /// <summary>Follows a reading at once, which has waited until both were allowed.</summary>
    /// <returns>
    /// False where the row was not as it was read; also where what changed it was this writing, made before and sent
    /// again on its way because its answer was lost. The next reading tells.
    /// </returns>
    private async ValueTask<bool> WriteAsync(LimitWindow window, LimitRow row)
    {
        Allowance.Take(around.Clock.Local);
        _unheard = string.Create(CultureInfo.InvariantCulture, $"{around.Holder}:{++_writes}");
        IsUnsure = true;
        try
        {
            bool isMade = await AskAsync(around.Store
                .WriteAsync(Place(window), row with { Writer = _unheard }, CancellationToken.None))
                .ConfigureAwait(false);
            IsUnsure = false;
            if (!isMade)
            {
                return false;
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Unavailable)
        {
            // Perhaps it was made, and only the answer was lost. Where another has written since, nobody knows.
            if (!IsMade(await ReadAsync(window, row.Number, atOnce: true).ConfigureAwait(false)))
            {
                throw;
            }
        }

        (_unheard, IsUnsure) = (null, false);
        return true;
    }

    /// <summary>Whether the last writing, of which nothing good was heard, was made all the same; asked once.</summary>
    private bool IsMade(LimitReading reading)
    {
        string? unheard = _unheard;
        _unheard = null;
        return unheard is not null && reading.Rows.Any(row => row.Writer == unheard);
    }

    /// <summary>Somebody else was faster: another try after a pause that grows.</summary>
    private Task PauseAsync(int races)
    {
        double most = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, races));
        return PauseAsync(TimeSpan.FromTicks((long)(around.Chance() * most)));
    }

    /// <summary>Notes since when the store is silent.</summary>
    private async ValueTask<T> AskAsync<T>(ValueTask<T> call)
    {
        Volatile.Write(ref _askedAt, Math.Max(1, around.Clock.Local));
        try
        {
            return await call.ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _askedAt, 0);
        }
    }

    private async Task PauseAsync(TimeSpan time)
    {
        Interlocked.Increment(ref _pauses);
        try
        {
            await Task.Delay(time, around.Time).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _pauses);
        }
    }

    private LimitPlace Place(LimitWindow window) =>
        _place is { } known && known.Window == window.Name
            ? known
            : _place = new LimitPlace(_name, window.Name, window.EndsAt);
}
