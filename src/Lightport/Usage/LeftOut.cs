namespace Lightport.Usage;

/// <summary>Something that a request was to get of the gateway, and that could not be had.</summary>
/// <param name="Name">Its path in the configuration, as <c>mcp.servers.docs</c> or <c>context.weather</c>.</param>
/// <param name="Reason">Why, in a word: <c>unreachable</c>, <c>timeout</c>, <c>http_error</c> and so on.</param>
public sealed record LeftOut(string Name, string Reason);
