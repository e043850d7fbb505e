namespace Lightport.Cel.Functions;

/// <summary>A pattern that is not of RE2's syntax. It never leaves this library.</summary>
internal sealed class PatternException(string message) : Exception(message);
