using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>What a tool answered that the provider ran itself.</summary>
/// <param name="CallId">The id of the <see cref="ServerToolCallPart"/> that this answers.</param>
/// <param name="Parts">What of it can be shown: texts, and pages as what a text cites.</param>
public sealed record ServerToolResultPart(
    string Dialect, string Kind, JsonElement Json, string CallId, IReadOnlyList<ContentPart> Parts)
    : OpaquePart(Dialect, Kind, Json)
{
    public bool IsError { get; init; }
}
