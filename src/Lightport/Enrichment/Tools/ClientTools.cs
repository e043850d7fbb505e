using Lightport.Conversation;

namespace Lightport.Enrichment.Tools;

/// <summary>The tools that a client runs itself. Calls of any other name are no affair of its.</summary>
internal sealed class ClientTools
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly bool _hasOthers;

    /// <param name="said">As the client said it.</param>
    public ClientTools(ChatRequest said)
    {
        foreach (ToolDefinition tool in said.Tools)
        {
            _names.Add(tool.Name);
            _names.Add(tool.NameInGroup ?? tool.Name);
        }

        foreach (ToolChange change in said.Messages.SelectMany(turn => turn.Parts).OfType<OpaquePart>()
            .SelectMany(part => part.ToolChanges))
        {
            _names.Add(change.Name);
        }

        // A tool in words that only its dialect knows: by what name it is called, nobody here can tell.
        _hasOthers = said.Extensions.Any(field => field.IsTool);
    }

    public bool Has(ToolCallPart call) =>
        _hasOthers || call.Kind == ToolKind.Server || _names.Contains(call.Name);
}
