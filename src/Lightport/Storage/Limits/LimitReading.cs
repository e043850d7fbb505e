namespace Lightport.Storage;

/// <summary>Rows as they were at a moment of the store's own time.</summary>
/// <param name="At">The moment, or up to <paramref name="Precision"/> before it.</param>
/// <param name="Precision">The finest that the store tells of its time; zero where it tells it whole.</param>
public sealed record LimitReading(IReadOnlyList<LimitRow> Rows, DateTimeOffset At, TimeSpan Precision);
