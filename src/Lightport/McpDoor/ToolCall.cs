using Lightport.Exchanges;

namespace Lightport.McpDoor;

/// <summary>One call of a tool of the gateway's own.</summary>
/// <param name="Exchange">The request that it came with; its caller is known.</param>
/// <param name="Arguments">What it is called with.</param>
/// <param name="Journey">Answers a request that the tool makes in the caller's name.</param>
/// <param name="Progress">Tells of the call's progress; null where nobody listens.</param>
internal sealed record ToolCall(
    Exchange Exchange, ToolArguments Arguments, Journey Journey, ProgressTeller? Progress);
