namespace Lightport.Management;

/// <summary>A page of client keys.</summary>
internal sealed record KeysAnswer(IReadOnlyList<KeyAnswer> Keys, string? Next);
