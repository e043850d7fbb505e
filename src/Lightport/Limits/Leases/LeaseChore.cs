namespace Lightport.Limits.Leases;

/// <summary>What is to be said to the store of a lease, with nobody waiting for it.</summary>
/// <param name="Amount">
/// Goes back; below zero, was used beyond what was taken; zero says again what is held.
/// </param>
/// <param name="Next">Not that, but the window that something is taken of before it begins.</param>
internal readonly record struct LeaseChore(long Amount, LimitWindow? Next = null);
