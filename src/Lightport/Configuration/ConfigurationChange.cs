namespace Lightport.Configuration;

/// <summary>One line of the difference between two versions.</summary>
/// <param name="Change"><c>added</c>, <c>changed</c>, <c>removed</c>, or <c>moved</c> to another place.</param>
/// <param name="Kind">As <see cref="Storage.ConfigurationEntry.Kind"/>.</param>
/// <param name="Name">As <see cref="Storage.ConfigurationEntry.Name"/>.</param>
/// <param name="Before">JSON; null where it is added.</param>
/// <param name="After">JSON; null where it is removed.</param>
internal sealed record ConfigurationChange(string Change, string Kind, string Name, string? Before, string? After);
