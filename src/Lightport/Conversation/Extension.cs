using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// A field that the model has no word for: carried to the same dialect, reported as dropped to another.
/// </summary>
/// <param name="Name">The field's name on the wire, as a client would look for it in the dropped list.</param>
/// <param name="Value">Its JSON, as it came.</param>
public readonly record struct Extension(string Name, JsonElement Value)
{
    /// <summary>It is a tool, and so what the answer can be made from: its loss changes the meaning.</summary>
    public bool IsTool { get; init; }

    /// <summary>It is no tool, and its loss changes the meaning all the same.</summary>
    public bool ChangesMeaning { get; init; }

    /// <summary>The object of the part in which it stood (<c>source</c>); null where it stood beside it.</summary>
    public string? Owner { get; init; }

    /// <summary>It says how often at most tools are run that the client does not run itself.</summary>
    public bool BoundsRuns { get; init; }
}
