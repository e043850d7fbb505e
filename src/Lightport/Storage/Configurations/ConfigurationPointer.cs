namespace Lightport.Storage;

/// <summary>Which version is in force.</summary>
/// <param name="Version">Its name.</param>
/// <param name="ETag">Changes whenever the pointer moves.</param>
/// <param name="Author">Who moved it here, as they said.</param>
/// <param name="MovedAt">When.</param>
public sealed record ConfigurationPointer(string Version, string ETag, string Author, DateTimeOffset MovedAt);
