namespace Lightport.Storage;

/// <summary>Where it stands what was taken of one limit, by one subject, in one window of time.</summary>
/// <param name="Counter">Any text; the same in every window.</param>
/// <param name="Window">
/// Letters and digits; of one counter a later window comes after an earlier one in their order.
/// </param>
/// <param name="EndsAt">After which nobody asks for it any more; null where that is never.</param>
public sealed record LimitPlace(string Counter, string Window, DateTimeOffset? EndsAt);
