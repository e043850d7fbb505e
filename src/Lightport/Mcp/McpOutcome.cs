using Lightport.Conversation;

namespace Lightport.Mcp;

/// <summary>What a call of a tool came to; a failure is an outcome too, which the model is told.</summary>
/// <param name="Parts">Text, images and files, bounded; what the model may see of the result.</param>
internal sealed record McpOutcome(IReadOnlyList<ContentPart> Parts)
{
    /// <summary>The tool, its server, or the way there failed; the parts say how.</summary>
    public bool IsError { get; init; }

    /// <summary>Tools that were looked for and found, by the names that the model calls them by.</summary>
    public IReadOnlyList<string> ToolReferences { get; init; } = [];

    /// <summary>What failed, as one word for logs (<c>timeout</c>); null where nothing did.</summary>
    public string? Failure { get; init; }

    /// <summary>It is not known whether the server ran it, as the connection broke on the way.</summary>
    public bool MayHaveRun { get; init; }

    /// <summary>The tool was run, well or not, or may have been.</summary>
    public bool WasRun => Failure is null or ToolError || MayHaveRun;

    /// <summary>The word for a failure that is the tool's own.</summary>
    public const string ToolError = "tool_error";

    /// <param name="problem">What does not fit the tool's schema, as a sentence.</param>
    public static McpOutcome Unfit(string problem) => Failed(
        "invalid_arguments", $"The tool was not called, as its arguments do not fit its schema: {problem}");

    /// <param name="failure">One word for logs.</param>
    /// <param name="sentence">What the model is told.</param>
    public static McpOutcome Failed(string failure, string sentence) =>
        new([new TextPart(sentence)]) { IsError = true, Failure = failure };
}
