using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>
/// One counter's rows in the store, as one instance asks for them. Used by one talk at a time. All begin at the first
/// row; whoever meets others there again and again moves a part of what is left to another row, which few share, and
/// goes on there.
/// </summary>
internal sealed class CounterRows(LimitCounter counter, LeaseSurroundings around)
{
    /// <summary>So many lost races, and another row is taken.</summary>
    private const int RacesToMove = 2;

    private const int MostRaces = 8;

    /// <summary>The part of what is left that is moved at a time, for all who come to that row.</summary>
    private const int MovedPart = 8;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly FleetRate _fleet = new();
    private readonly string _name = $"{counter.Measure}|{counter.Period}|{counter.Limit}|{counter.Subject}";
    private LimitPlace? _place;
    private int _home;
    private int _races;

    public OperationAllowance Allowance { get; } = new();

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
        long got = 0;
        long need = wish.Need;
        try
        {
            for (int races = 0; races < MostRaces;)
            {
                (LimitReading reading, LimitRow row, long total) = await FindAsync(window, need).ConfigureAwait(false);
                long left = LimitRows.Left(row, counter.Most, reading.At);
                long take = Math.Min(left, need + Ahead(wish, row, reading, window, left - need));
                if (take <= 0 || total < Math.Min(need, wish.Least))
                {
                    return new LeaseTake(got, Math.Max(0, total));
                }

                LimitRow? other = OtherToFill(reading, row);
                long moved = other is null ? 0 : (left - take) / MovedPart;
                LimitRow next = Take(row, take + moved, wish.Total + got, reading.At);
                if (!await WriteAsync(window, next).ConfigureAwait(false))
                {
                    await LoseAsync(++races).ConfigureAwait(false);
                    continue;
                }

                got += take;
                need -= take;
                if (moved > 0
                    && !await WriteAsync(window, LimitRows.Taken(other!, -moved)).ConfigureAwait(false))
                {
                    // Somebody else has filled it meanwhile; it goes back when it is not used.
                    got += moved;
                }

                if (need <= 0)
                {
                    return new LeaseTake(got, Math.Max(0, total - take));
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
    /// <returns>False where others were faster each time; the store is as it was.</returns>
    public async ValueTask<bool> GiveAsync(LimitWindow window, long amount, long total)
    {
        for (int races = 0; races < MostRaces;)
        {
            LimitReading reading = await ReadAsync(window, _home).ConfigureAwait(false);
            LimitRow row = reading.Rows[0];
            if (await WriteAsync(window, IsHeld
                ? LimitRows.Leased(row, around.Holder, total, reading.At)
                : LimitRows.Taken(row, -amount)).ConfigureAwait(false))
            {
                return true;
            }

            await LoseAsync(++races).ConfigureAwait(false);
        }

        return false;
    }

    /// <summary>A window without races is a reason to go back to where all is.</summary>
    public void BeginWindow()
    {
        _home = _races == 0 ? 0 : _home;
        _races = 0;
    }

    private long Ahead(LeaseWish wish, LimitRow row, LimitReading reading, LimitWindow window, long left) => IsHeld
        ? LeaseSizes.AheadOfHeld(wish, left)
        : LeaseSizes.Ahead(
            wish,
            left,
            row.Number == 0 ? _fleet.At(window, row.Taken, reading.At) : 0,
            window.EndsAt - reading.At ?? TimeSpan.MaxValue);

    private LimitRow Take(LimitRow row, long amount, long total, DateTimeOffset at) => IsHeld
        ? LimitRows.Leased(row, around.Holder, total + amount, at)
        : LimitRows.Taken(row, amount);

    /// <summary>The home row where it has enough; else, out of all, the one that is taken from next.</summary>
    private async ValueTask<(LimitReading Reading, LimitRow Row, long Total)> FindAsync(LimitWindow window, long need)
    {
        LimitReading home = await ReadAsync(window, _home).ConfigureAwait(false);
        long left = LimitRows.Left(home.Rows[0], counter.Most, home.At);
        if (IsHeld || left >= Math.Max(1, need))
        {
            return (home, home.Rows[0], left);
        }

        LimitReading all = await ReadAsync(window, number: null).ConfigureAwait(false);
        return (all, Choose(all, need), LimitRows.Left(all, counter.Most));
    }

    /// <summary>One that has enough, by chance where all would meet at the first; else the fullest.</summary>
    private LimitRow Choose(LimitReading all, long need)
    {
        LimitRow first = Find(all, 0);
        if (_home == 0 && Left(first) >= Math.Max(1, need))
        {
            return first;
        }

        LimitRow[] enough =
        [
            .. all.Rows.Where(row => row.Number != 0).Append(first).Where(row => Left(row) >= Math.Max(1, need)),
        ];
        return enough.Length > 0
            ? enough[(int)(around.Chance() * enough.Length)]
            : all.Rows.MaxBy(Left) ?? first;

        long Left(LimitRow row) => LimitRows.Left(row, counter.Most, all.At);
    }

    private static LimitRow Find(LimitReading reading, int number) =>
        reading.Rows.FirstOrDefault(row => row.Number == number) ?? new LimitRow(number);

    private LimitRow? OtherToFill(LimitReading all, LimitRow row) =>
        _home != 0 && row.Number == 0 ? Find(all, _home) : null;

    private async ValueTask<LimitReading> ReadAsync(LimitWindow window, int? number)
    {
        await AllowAsync().ConfigureAwait(false);
        long sent = around.Clock.Local;
        LimitReading reading = await (number is { } one
            ? around.Store.ReadAsync(Place(window), one, CancellationToken.None)
            : around.Store.ReadAllAsync(Place(window), CancellationToken.None)).ConfigureAwait(false);
        around.Clock.Tell(sent, reading);
        around.Watch.Succeeded();
        return reading;
    }

    private async ValueTask<bool> WriteAsync(LimitWindow window, LimitRow row)
    {
        await AllowAsync().ConfigureAwait(false);
        return await around.Store.WriteAsync(Place(window), row, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask AllowAsync()
    {
        TimeSpan wait = Allowance.Take(around.Clock.Local);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, around.Time).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Somebody else was faster: another try after a pause that grows, and in the end at another row.
    /// </summary>
    private Task LoseAsync(int races)
    {
        _races++;
        if (races >= RacesToMove && _home == 0 && !IsHeld)
        {
            _home = 1 + (int)(around.Chance() * (LimitRow.MostRows - 1));
        }

        double most = Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, races));
        return Task.Delay(TimeSpan.FromTicks((long)(around.Chance() * most)), around.Time);
    }

    private LimitPlace Place(LimitWindow window) =>
        _place is { } known && known.Window == window.Name
            ? known
            : _place = new LimitPlace(_name, window.Name, window.EndsAt);
}
