namespace Lightport.Conformance.Facts;

/// <summary>What can be said, and the words by which a gateway names its loss.</summary>
internal static class Subjects
{
    public const string System = "system";
    public const string Text = "text";
    public const string Image = "images";
    public const string File = "files";
    public const string Tool = "tools";
    public const string Call = "calls";
    public const string Result = "results";
    public const string Schema = "schema";
    public const string Effort = "effort";
    public const string State = "state";
    public const string Reasoning = "reasoning";
    public const string Stop = "stop";
    public const string Limit = "limit";
    public const string Citation = "citations";

    private static readonly Dictionary<string, string[]> Words = new()
    {
        [System] = ["system", "developer", "instructions"],
        [Text] = ["text", "content"],
        [Image] = ["image", "inlineData", "fileData"],
        [File] = ["file", "document", "inlineData"],
        [Tool] = ["tools"],
        [Call] = ["tool_calls", "tool_use", "function_call", "functionCall", "toolUse"],
        [Result] = ["tool_result", "tool_call_id", "function_call_output", "functionResponse", "toolResult"],
        [Schema] = ["response_format", "output_config.format", "text.format", "responseSchema", "responseJsonSchema"],
        [Effort] = ["reasoning", "thinking", "effort"],
        [State] = ["signature", "thought", "reasoning", "thinking", "encrypted"],
        [Reasoning] = ["reasoning", "thinking", "thought"],
        [Stop] = ["stop"],
        [Limit] = ["max_tokens", "max_completion_tokens", "max_output_tokens", "maxOutputTokens"],
        [Citation] = ["citation", "annotation", "grounding"],
    };

    /// <summary>Every subject, in the order in which they are looked for.</summary>
    public static IEnumerable<string> All => Words.Keys;

    /// <summary>Whether a field's name, or a sentence that has it, speaks of the subject.</summary>
    public static bool IsNamed(string subject, string text) =>
        Array.Exists(Words[subject], word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
