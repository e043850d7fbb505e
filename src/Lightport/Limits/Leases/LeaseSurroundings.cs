using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>What all leases of an instance have in common.</summary>
/// <param name="Holder">The process; no two share one, whatever they are called.</param>
/// <param name="Chance">From 0 up to, and not with, 1.</param>
internal sealed record LeaseSurroundings(
    ILimitStore Store, string Holder, TimeProvider Time, StoreClock Clock, StoreWatch Watch, Func<double> Chance);
