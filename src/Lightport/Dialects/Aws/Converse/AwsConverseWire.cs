namespace Lightport.Dialects.Aws.Converse;

/// <summary>Words of the wire, and the gateway's own on it.</summary>
internal static class AwsConverseWire
{
    /// <summary>
    /// The tool whose input stands in for a structured answer where the model takes no schema. Its call is turned back
    /// into text, so that no client ever sees it.
    /// </summary>
    public const string StructuredOutputTool = "lightport_structured_output";

    /// <summary>The most characters of a call's id.</summary>
    public const int LongestCallId = 64;

    /// <summary>
    /// The most cache points of a request (https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html).
    /// </summary>
    public const int MostCachePoints = 4;

    /// <summary>The least tokens that Claude thinks with.</summary>
    public const int LeastThinkingBudget = 1024;

    /// <summary>The most output tokens beside a thinking budget, where neither client nor catalog says.</summary>
    public const int DefaultMaxTokens = 4096;
}
