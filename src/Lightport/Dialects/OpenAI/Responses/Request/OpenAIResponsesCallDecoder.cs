using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads earlier calls of tools that the client runs, and what those of a type of their own answer.</summary>
internal sealed class OpenAIResponsesCallDecoder(RequestFields fields, OpenAIResponsesTools tools)
{
    public static readonly FrozenSet<string> KnownOfOutput =
        FrozenSet.Create("type", "id", "call_id", "output", "name", "namespace", "status");

    private static readonly FrozenSet<string> KnownOfCall =
        FrozenSet.Create("type", "id", "call_id", "name", "namespace", "arguments", "input", "status");

    /// <summary>The calls of local shells, by the ids of their items.</summary>
    private readonly Dictionary<string, string> _shellCalls = new(StringComparer.Ordinal);

    /// <summary>A tool search that the provider ran itself has no id to answer.</summary>
    public bool IsOfClient(JsonElement item) => fields.Find(item, "call_id") is not null;

    /// <summary>
    /// What a local shell answers names the call by its <c>id</c> (OpenAI's SDKs know no other field there).
    /// </summary>
    public bool IsAnswerOfClient(JsonElement item, OpenAIResponsesClientTool tool) =>
        IsOfClient(item) || (tool.Type == OpenAIResponsesClientTool.LocalShell && fields.Text(item, "id") is not null);

    public ToolCallPart Call(JsonElement item, string type)
    {
        fields.Tally.AddPart();
        bool custom = type == "custom_tool_call";
        string name = tools.NameOf(fields.Text(item, "namespace"), fields.RequiredText(item, "name"));
        string arguments = fields.Text(item, custom ? "input" : "arguments") ?? "";
        return new ToolCallPart(
            fields.RequiredText(item, "call_id"),
            name,
            custom || !string.IsNullOrWhiteSpace(arguments) ? arguments : "{}")
        {
            Id = fields.Text(item, "id"),
            Kind = custom ? ToolKind.Custom : ToolKind.Function,
            Extensions = fields.Others(item, KnownOfCall),
        };
    }

    /// <summary>A call of a tool with a type of its own, as the call of the function that stands in for it.</summary>
    public ToolCallPart Call(JsonElement item, OpenAIResponsesClientTool tool)
    {
        fields.Tally.AddPart();
        string callId = fields.RequiredText(item, "call_id");
        string? id = fields.Text(item, "id");
        if (id is not null && tool.Type == OpenAIResponsesClientTool.LocalShell)
        {
            _shellCalls[id] = callId;
        }

        return new ToolCallPart(callId, tool.Type, fields.RequiredObject(item, tool.ArgumentsField).GetRawText())
        {
            Id = id,
        };
    }

    public ToolResultPart Output(JsonElement item, OpenAIResponsesClientTool tool)
    {
        fields.Tally.AddPart();
        string id = fields.Text(item, "call_id") ?? ShellCallOf(fields.RequiredText(item, "id"));
        if (tool.Type == OpenAIResponsesClientTool.ToolSearch)
        {
            return new ToolResultPart(id, []) { ToolReferences = tools.Find(fields.Items(item, "tools")) };
        }

        string? output = fields.Find(item, "output")?.Words();
        return new ToolResultPart(id, string.IsNullOrEmpty(output) ? [] : [new TextPart(output)])
        {
            IsError = fields.Text(item, "status") == "failed",
        };
    }

    private string ShellCallOf(string id) => _shellCalls.GetValueOrDefault(id, id);
}
