namespace Lightport.Limits;

/// <summary>For how long what was used counts; each begins and ends with UTC's own.</summary>
internal enum LimitPeriod
{
    /// <summary>As long as it is held, and no longer.</summary>
    WhileHeld,

    Minute,

    Day,

    Month,

    /// <summary>From the limit's first day on.</summary>
    Ever,
}
