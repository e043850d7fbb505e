using Lightport.Routing.Selection;

namespace Lightport.Bench.Routing.Contenders;

/// <summary>Who is measured: the naive, and the router under each of its policies.</summary>
internal static class ContenderList
{
    public static IReadOnlyList<ContenderPlan> All { get; } =
    [
        RandomContender.Plan,
        BlindRetryContender.Plan,
        .. SelectionPolicies.Names.Select(Router),
    ];

    /// <summary>The router under a policy, by the word after <c>select:</c>.</summary>
    public static ContenderPlan Router(string policy) => RouterContender.Of(policy);
}
