namespace Lightport.Configuration;

/// <summary>Something in a configuration that is wrong.</summary>
/// <param name="Source">The file.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">One sentence: what is wrong, and what would be right.</param>
public sealed record ConfigurationError(string Source, int Line, int Column, string Message)
{
    /// <summary>As compilers write it, so that editors find the place.</summary>
    public override string ToString() => $"{Source}:{Line}:{Column}: {Message}";
}
