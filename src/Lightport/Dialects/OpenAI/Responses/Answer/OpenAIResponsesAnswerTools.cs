using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>How the client knows the tools that a model calls: within which namespace, as which type.</summary>
internal sealed class OpenAIResponsesAnswerTools
{
    private readonly Dictionary<string, ToolDefinition> _grouped = [];
    private readonly Dictionary<string, OpenAIResponsesClientTool> _ofTheirOwn = [];

    /// <param name="request">Null where nobody has read it: then every tool is called as the model says.</param>
    public OpenAIResponsesAnswerTools(ChatRequest? request)
    {
        foreach (ToolDefinition tool in request?.Tools ?? [])
        {
            if (tool.Group is not null)
            {
                _grouped[tool.Name] = tool;
            }
            else if (tool is { Kind: ToolKind.Function, NativeDialect: DialectIds.OpenAIResponses, Native: { } native }
                && native.TextOf("type") is { } type
                && OpenAIResponsesClientTool.OfType(type) is { } own)
            {
                _ofTheirOwn[tool.Name] = own;
            }
        }
    }

    /// <summary>The tool with a type of its own that a function of this name stands in for; null for no such.</summary>
    public OpenAIResponsesClientTool? ClientTool(string name) => _ofTheirOwn.GetValueOrDefault(name);

    public OpenAIResponsesCallItem Call(ToolCallPart call, string id, int index, string callId) =>
        _grouped.TryGetValue(call.Name, out ToolDefinition? tool)
            ? new OpenAIResponsesCallItem(id, index, callId, tool.Group, tool.NameInGroup ?? call.Name, call.Kind)
            : new OpenAIResponsesCallItem(id, index, callId, null, call.Name, call.Kind);
}
