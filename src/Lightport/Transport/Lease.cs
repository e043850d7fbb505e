namespace Lightport.Transport;

/// <summary>A value that has been fetched, and how long it may serve.</summary>
/// <param name="Value">Null where there is none.</param>
/// <param name="RefreshAfter">When the next is fetched behind it.</param>
/// <param name="Lifetime">When it serves no longer.</param>
internal readonly record struct Lease<T>(T? Value, TimeSpan RefreshAfter, TimeSpan Lifetime)
    where T : class;
