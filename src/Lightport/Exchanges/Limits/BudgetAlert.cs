namespace Lightport.Exchanges.Limits;

/// <summary>A budget is used up to a share of it.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Subject">Whose counter it is, as <c>tag.team:red</c>.</param>
/// <param name="Percent">The share that was passed.</param>
/// <param name="Usd">The whole budget.</param>
/// <param name="LeftUsd">As far as this instance knows.</param>
/// <param name="ResetsAt">When it begins anew; null where it does not.</param>
internal sealed record BudgetAlert(
    string Limit,
    string Subject,
    int Percent,
    decimal Usd,
    decimal LeftUsd,
    DateTimeOffset? ResetsAt,
    DateTimeOffset At);
