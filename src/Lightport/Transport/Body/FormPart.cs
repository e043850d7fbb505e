namespace Lightport.Transport.Body;

/// <summary>One part of a form, by position.</summary>
/// <param name="Name">The field that it is the value of.</param>
/// <param name="IsFile">It came with a file's name.</param>
/// <param name="Start">Where its value begins in the body.</param>
/// <param name="Length">The value's length, in bytes.</param>
public readonly record struct FormPart(string Name, bool IsFile, int Start, int Length)
{
    /// <summary>A list's item, of which there may be several (<c>image[]</c>).</summary>
    public bool IsItem => Name.EndsWith("[]", StringComparison.Ordinal);
}
