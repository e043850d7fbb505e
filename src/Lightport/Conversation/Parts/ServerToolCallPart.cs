using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>A call of a tool that the provider runs itself (web search, MCP): nobody has to answer it.</summary>
/// <param name="Json">The call as it began; what it is called with is in <paramref name="Arguments"/>.</param>
/// <param name="CallId">Names the call; its <see cref="ServerToolResultPart"/> carries the same id.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">A JSON object as text; empty where the call has none.</param>
public sealed record ServerToolCallPart(
    string Dialect, string Kind, JsonElement Json, string CallId, string Name, string Arguments)
    : OpaquePart(Dialect, Kind, Json);
