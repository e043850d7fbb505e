namespace Lightport.Storage;

/// <summary>What instances tell each other of targets, as it was last written.</summary>
/// <param name="Text">JSON; whatever stands there where somebody edited it.</param>
/// <param name="Tag">Which writing it is; null where nobody else writes.</param>
public sealed record HealthNote(string Text, string? Tag);
