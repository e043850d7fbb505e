namespace Lightport.Storage;

/// <summary>Some of the keys, in the order of their ids.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="Next">What to ask on with; null at the end.</param>
public sealed record ClientKeyPage(IReadOnlyList<ClientKeyRecord> Keys, string? Next);
