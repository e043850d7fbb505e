using Lightport.Routing.State;

namespace Lightport.Exchanges.Health;

/// <summary>One open breaker as it stands in the row that instances share.</summary>
internal sealed record OpenBreakerRow(
    string? Provider,
    string? BaseAddress,
    string? Model,
    string? Account,
    DateTimeOffset OpenedAt,
    DateTimeOffset Until)
{
    private const int LongestName = 512;

    /// <summary>Null where it is too long to be told: the row is a small one, and clients choose models.</summary>
    public static OpenBreakerRow? Of(OpenBreaker open) =>
        open.Target.BaseAddress.Length <= LongestName && open.Target.Model.Length <= LongestName
            ? new OpenBreakerRow(
                open.Target.Provider,
                open.Target.BaseAddress,
                open.Target.Model,
                open.Target.Account,
                open.OpenedAt,
                open.Until)
            : null;

    /// <summary>Null where somebody took away what it needs.</summary>
    public OpenBreaker? ToOpenBreaker() => Provider is null || BaseAddress is null || Model is null
        ? null
        : new OpenBreaker(new TargetKey(Provider, BaseAddress, Model, Account), OpenedAt, Until);
}
