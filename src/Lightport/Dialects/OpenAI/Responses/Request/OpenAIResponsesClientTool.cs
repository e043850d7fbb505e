using System.Text.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// A tool with a type of its own that the client runs: for any other dialect a function of the type's name stands in,
/// and its calls are told to the client as what it knows.
/// </summary>
/// <param name="Type">The tool's type.</param>
/// <param name="CallItem">The type of the item that calls it.</param>
/// <param name="OutputItem">The type of the item that answers.</param>
/// <param name="ArgumentsField">The call's field that holds what it is called with, an object.</param>
/// <param name="Description">What the model is told of it, where the client says nothing.</param>
/// <param name="Schema">What it is called with, where the client says nothing.</param>
internal sealed record OpenAIResponsesClientTool(
    string Type, string CallItem, string OutputItem, string ArgumentsField, string Description, JsonElement Schema)
{
    /// <summary>Finds tools that were not offered from the start.</summary>
    public const string ToolSearch = "tool_search";

    public const string LocalShell = "local_shell";

    private static readonly OpenAIResponsesClientTool[] All =
    [
        new(
            ToolSearch,
            "tool_search_call",
            "tool_search_output",
            "arguments",
            "Finds tools that are not offered yet.",
            JsonElement.Parse("""{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""")),
        new(
            LocalShell,
            "local_shell_call",
            "local_shell_call_output",
            "action",
            "Runs a command in the user's shell.",
            JsonElement.Parse("""
                {"type":"object","properties":{"command":{"type":"array","items":{"type":"string"}},
                "working_directory":{"type":"string"},"timeout_ms":{"type":"integer"}},"required":["command"]}
                """)),
        new(
            "shell",
            "shell_call",
            "shell_call_output",
            "action",
            "Runs commands in the user's shell.",
            JsonElement.Parse("""
                {"type":"object","properties":{"commands":{"type":"array","items":{"type":"string"}},
                "timeout_ms":{"type":"integer"},"max_output_length":{"type":"integer"}},"required":["commands"]}
                """)),
        new(
            "apply_patch",
            "apply_patch_call",
            "apply_patch_call_output",
            "operation",
            "Creates, updates or deletes one file. Each line of the diff has +, - or a space before it.",
            JsonElement.Parse("""
                {"type":"object","properties":{
                "type":{"type":"string","enum":["create_file","update_file","delete_file"]},
                "path":{"type":"string"},"diff":{"type":"string"}},"required":["type","path"]}
                """)),
    ];

    public static OpenAIResponsesClientTool? OfCall(string item) => Array.Find(All, tool => tool.CallItem == item);

    public static OpenAIResponsesClientTool? OfOutput(string item) => Array.Find(All, tool => tool.OutputItem == item);

    /// <summary>Of a tool's type; null where the provider runs it, or it is a function anyway.</summary>
    public static OpenAIResponsesClientTool? OfType(string type) => Array.Find(All, tool => tool.Type == type);

    public static bool IsItem(string type) => OfCall(type) is not null || OfOutput(type) is not null;
}
