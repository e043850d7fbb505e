using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges.Limits;

/// <summary>What is logged of limits; docs/log.md has every event id.</summary>
internal static partial class LimitLog
{
    [LoggerMessage(
        801,
        LogLevel.Warning,
        "The budget {Limit} of {Subject} is used to {Percent} %: {LeftDollars} of {Dollars} dollars are left")]
    public static partial void BudgetUsed(
        ILogger logger, string limit, string subject, int percent, decimal leftDollars, decimal dollars);

    [LoggerMessage(802, LogLevel.Warning, "That the budget {Limit} is used to {Percent} % could not be told: {Reason}")]
    public static partial void NotAlerted(ILogger logger, string limit, int percent, string reason);
}
