using System.Text.Json.Serialization;

namespace Lightport.Storage;

/// <summary>Money that may be spent.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Per">In which time.</param>
public sealed record BudgetAmount(decimal Usd, BudgetPeriod Per);

/// <summary>The time that a budget is for, by UTC's calendar.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<BudgetPeriod>))]
public enum BudgetPeriod
{
    [JsonStringEnumMemberName("day")]
    Day,

    [JsonStringEnumMemberName("month")]
    Month,

    /// <summary>From the budget's first day on.</summary>
    [JsonStringEnumMemberName("ever")]
    Ever,
}
