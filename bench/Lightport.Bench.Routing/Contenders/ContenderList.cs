using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Who is measured: the naive, and the router under each of its policies.</summary>
internal static class ContenderList
{
    public static IReadOnlyList<ContenderPlan> All =>
    [
        RandomContender.Plan,
        BlindRetryContender.Plan,
        .. SelectionPolicies.Names.Select(Router),
        HedgedBySlowest,
        HedgedAfterTwoSeconds,
    ];

    /// <summary>Asks a second upstream beside one that takes longer than 95 % of its answers did.</summary>
    public static ContenderPlan HedgedBySlowest { get; } =
        RouterContender.Of("round-robin", new HedgePolicy(After: null), "round-robin, hedge p95");

    /// <summary>Asks a second upstream beside one that has not begun to answer after two seconds.</summary>
    public static ContenderPlan HedgedAfterTwoSeconds { get; } =
        RouterContender.Of("round-robin", new HedgePolicy(TimeSpan.FromSeconds(2)), "round-robin, hedge 2s");

    /// <summary>The router under a policy, by the word after <c>select:</c>.</summary>
    public static ContenderPlan Router(string policy) => RouterContender.Of(policy);
}
