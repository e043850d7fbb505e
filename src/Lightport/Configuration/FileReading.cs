namespace Lightport.Configuration;

/// <summary>What came of reading a file: its text, or why there is none.</summary>
internal readonly record struct FileReading(string? Text, string? Error);
