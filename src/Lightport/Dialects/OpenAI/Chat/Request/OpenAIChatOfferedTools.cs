using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>The tools of a request that may be shown to a model, with their places among the client's.</summary>
internal static class OpenAIChatOfferedTools
{
    /// <summary>
    /// One that a provider runs itself is shown only where it was said in the dialect that is spoken.
    /// </summary>
    /// <param name="dialect">The one that is spoken.</param>
    /// <param name="onlyAllowed">
    /// Of a choice among some only those, since few providers of chat know <c>allowed_tools</c>.
    /// </param>
    public static List<(int Index, ToolDefinition Tool)> Of(
        ChatRequest request, string dialect, bool onlyAllowed, LossLedger losses)
    {
        var offered = new List<(int Index, ToolDefinition Tool)>(request.Tools.Count);
        foreach ((int i, ToolDefinition tool) in OfferedTools.Of(request, dialect, losses, onlyAllowed))
        {
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

    private static string TypeOf(ToolDefinition tool) => tool.Native?.TextOf("type") ?? tool.Name;
}
