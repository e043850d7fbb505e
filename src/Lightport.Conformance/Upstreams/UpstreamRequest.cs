using System.Text.Json.Nodes;

namespace Lightport.Conformance.Upstreams;

/// <summary>One request as a scripted provider got it.</summary>
/// <param name="Path">The path below the provider's address, as it was sent.</param>
/// <param name="Query">The query, with its question mark.</param>
/// <param name="Headers">Its headers, by name in any case.</param>
/// <param name="Body">Its body.</param>
internal sealed record UpstreamRequest(
    string Path, string Query, IReadOnlyDictionary<string, string> Headers, JsonObject Body);
