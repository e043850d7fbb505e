namespace Lightport.EndToEnd.Upstream;

internal sealed record ToolResult(string Id, string Text);
