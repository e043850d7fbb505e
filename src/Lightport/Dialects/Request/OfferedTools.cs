using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// The tools that a model may be shown where its provider knows nothing of deferred ones, of searches among them, or of
/// changes in the middle of a conversation.
/// </summary>
internal static class OfferedTools
{
    /// <summary>
    /// Those that are not deferred, then each that a search has named or that was added later, in the order in which
    /// that came, so that what was offered once stays where it was; none that was removed. Where the provider itself
    /// was to search, all are shown at once.
    /// </summary>
    /// <param name="dialect">The one that is spoken.</param>
    /// <param name="onlyAllowed">Of a choice among some only those.</param>
    /// <returns>
    /// Each with its place among the request's tools; those that a turn defines are counted on behind them.
    /// </returns>
    public static List<(int Index, ToolDefinition Tool)> Of(
        ChatRequest request, string dialect, LossLedger losses, bool onlyAllowed = true)
    {
        OfferedToolsets.RejectOthers(request, dialect, losses);
        if (request.Tools.Count == 0 && !HasChanges(request))
        {
            return [];
        }

        bool showsAll = false;
        var offered = new OfferedToolList(request.Tools);
        for (int i = 0; i < request.Tools.Count; i++)
        {
            ToolDefinition tool = request.Tools[i];
            if (tool.IsToolSearch && tool.NativeDialect != dialect)
            {
                losses.Note($"tools[{i}].{tool.Native?.TextOf("type") ?? tool.Name}");
                showsAll = true;
            }
            else if (!tool.DeferLoading)
            {
                offered.Add(i, tool);
            }
        }

        for (int i = 0; showsAll && i < request.Tools.Count; i++)
        {
            if (request.Tools[i].DeferLoading)
            {
                offered.Add(i, request.Tools[i]);
            }
        }

        foreach (ToolChange change in Changes(request))
        {
            offered.Apply(change);
        }

        HashSet<string>? allowed = onlyAllowed && request.ToolChoice is { Mode: ToolChoiceMode.Allowed } choice
            ? [.. choice.Names]
            : null;
        return offered.Where(tool => allowed is null || allowed.Contains(tool.Name));
    }

    private static bool HasChanges(ChatRequest request) => request.Messages.HavePart(
        static part => part is ToolResultPart { ToolReferences.Count: > 0 } or OpaquePart { ToolChanges.Count: > 0 });

    private static IEnumerable<ToolChange> Changes(ChatRequest request)
    {
        foreach (ContentPart part in request.Messages.SelectMany(message => message.Parts))
        {
            IEnumerable<ToolChange> changes = part switch
            {
                ToolResultPart result => result.ToolReferences.Select(name => new ToolChange(name, IsRemoval: false)),
                OpaquePart opaque => opaque.ToolChanges,
                _ => [],
            };
            foreach (ToolChange change in changes)
            {
                yield return change;
            }
        }
    }
}
