using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>The tools of a request that may be shown to a model, with their places among the client's.</summary>
internal static class OpenAIChatOfferedTools
{
    /// <summary>
    /// A deferred tool only once a search has named it, after all that were shown before; one that a provider runs
    /// itself only where it was said in the dialect that is spoken.
    /// </summary>
    /// <param name="dialect">The one that is spoken.</param>
    /// <param name="onlyAllowed">
    /// Of a choice among some only those, since few providers of chat know <c>allowed_tools</c>.
    /// </param>
    public static List<(int Index, ToolDefinition Tool)> Of(
        ChatRequest request, string dialect, bool onlyAllowed, LossLedger losses)
    {
        Dictionary<string, int> found = Found(request);
        HashSet<string>? allowed =
            onlyAllowed && request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice ? [.. choice.Names] : null;
        var offered = new List<(int Index, ToolDefinition Tool)>(request.Tools.Count);
        IEnumerable<(int Index, ToolDefinition Tool)> shown = request.Tools.Index()
            .Where(tool => !tool.Item.DeferLoading || found.ContainsKey(tool.Item.Name));
        if (found.Count > 0)
        {
            shown = shown.OrderBy(one => one.Tool.DeferLoading ? found[one.Tool.Name] : -1);
        }

        foreach ((int i, ToolDefinition tool) in shown)
        {
            if (allowed?.Contains(tool.Name) == false)
            {
                continue;
            }

            if (tool.Cache is not null)
            {
                losses.Note("cache_control");
            }

            if (tool.Kind == ToolKind.Server && tool.NativeDialect != dialect)
            {
                losses.Reject($"tools[{i}].{TypeOf(tool)}");
                continue;
            }

            if (request.Dialect != dialect)
            {
                foreach (Extension extension in tool.Extensions)
                {
                    losses.Drop($"tools[{i}].{extension.Name}");
                }
            }

            offered.Add((i, tool));
        }

        return offered;
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

    private static string TypeOf(ToolDefinition tool) => tool.Native?.TextOf("type") ?? tool.Name;
}
