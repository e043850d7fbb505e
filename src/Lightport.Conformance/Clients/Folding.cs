using System.Text.Json.Nodes;

namespace Lightport.Conformance.Clients;

/// <summary>A stream, put together into the body that would have come in one piece.</summary>
internal sealed class Folding
{
    /// <summary>The body.</summary>
    public JsonObject Whole { get; set; } = [];

    /// <summary>The message of an error in the stream; null where there was none.</summary>
    public string? Error { get; set; }

    /// <summary>Whether the stream came to its proper end.</summary>
    public bool IsEnded { get; set; }

    /// <summary>What breaks the dialect's own laws.</summary>
    public List<string> Broken { get; } = [];

    public void Demand(bool holds, string otherwise)
    {
        if (!holds && !Broken.Contains(otherwise))
        {
            Broken.Add(otherwise);
        }
    }
}
