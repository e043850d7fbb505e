namespace Lightport.Enrichment.Memory;

/// <summary>Where a session's image, sound or file is, as it is kept: one of the first four is set.</summary>
internal sealed record KeptMedia(string? Url, string? Base64, string? Text, string? FileId, string? MediaType);
