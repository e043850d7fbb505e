using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>A step of an answer that has begun and not ended.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Json">As it began.</param>
internal sealed record GoogleInteractionsOpenStep(string Type, JsonElement Json)
{
    /// <summary>The part that it is told as, where that is one of its own.</summary>
    public int Part { get; init; } = -1;

    /// <summary>A call's arguments have come in pieces.</summary>
    public bool HasArguments { get; set; }

    /// <summary>What a thought's provider wants back.</summary>
    public OpaqueState? State { get; set; }

    /// <summary>What has come of a step that is kept whole, piece by piece.</summary>
    public List<JsonElement> Pieces { get; } = [];
}
