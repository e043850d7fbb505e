namespace Lightport.Transport;

/// <summary>A header of a call holds a control character, or one outside ASCII. Its value is not told.</summary>
internal sealed class IllegalHeaderException(string name)
    : Exception($"The header '{name}' holds a character that no header may hold.")
{
    public string Name { get; } = name;
}
