using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>The tools of a request that may be shown to a model, with their places among the client's.</summary>
internal static class OfferedTools
{
    /// <summary>
    /// A deferred tool only once a search has named it, after all that were shown before; of a choice among some only
    /// those.
    /// </summary>
    public static List<(int Index, ToolDefinition Tool)> Of(ChatRequest request)
    {
        Dictionary<string, int> found = Found(request);
        HashSet<string>? allowed =
            request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice ? [.. choice.Names] : null;
        IEnumerable<(int Index, ToolDefinition Tool)> shown = request.Tools.Index()
            .Where(tool => !tool.Item.DeferLoading || found.ContainsKey(tool.Item.Name));
        if (found.Count > 0)
        {
            shown = shown.OrderBy(one => one.Tool.DeferLoading ? found[one.Tool.Name] : -1);
        }

        return [.. shown.Where(one => allowed?.Contains(one.Tool.Name) != false)];
    }

    /// <summary>The tools that searches have named so far, and in which place each was named first.</summary>
    private static Dictionary<string, int> Found(ChatRequest request)
    {
        var found = new Dictionary<string, int>();
        foreach (string name in request.Messages.SelectMany(message => message.Parts).OfType<ToolResultPart>()
            .SelectMany(result => result.ToolReferences))
        {
            found.TryAdd(name, found.Count);
        }

        return found;
    }
}
