using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>What was said to a target in other words than the client's, to be undone in its answer.</summary>
public sealed record AnswerRestoration
{
    public static AnswerRestoration Nothing { get; } = new();

    /// <summary>The client's names of tools, by the names that the target got for them.</summary>
    public IReadOnlyDictionary<string, string> ToolNames { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>
    /// The tool whose call is the answer itself, where the target takes no schema for one; null where there is none.
    /// </summary>
    public string? AnswerTool { get; init; }

    /// <summary>
    /// The schema that the client wants its answer to keep to, where the target may not be held to all of it; null
    /// where there is none.
    /// </summary>
    public JsonElement? Schema { get; init; }

    /// <summary>
    /// The client's tools that are called with free text, by its names. Where the target knows functions only, a call
    /// of one comes back with an object, and is told to the client as what it asked for.
    /// </summary>
    public IReadOnlySet<string> CustomTools { get; init; } = FrozenSet<string>.Empty;

    private bool IsNeeded =>
        AnswerTool is not null || ToolNames.Count > 0 || Schema is not null || CustomTools.Count > 0;

    /// <summary>A plain set: one that is frozen takes longer to make than one request will ever gain by it.</summary>
    public static IReadOnlySet<string> CustomToolsOf(ChatRequest request)
    {
        HashSet<string>? names = null;
        foreach (ToolDefinition tool in request.Tools)
        {
            if (tool.Kind == ToolKind.Custom)
            {
                (names ??= []).Add(tool.Name);
            }
        }

        return names is null ? FrozenSet<string>.Empty : names;
    }

    /// <summary>A decoder whose events are in the client's words.</summary>
    /// <param name="losses">Told where the answer does not keep to <see cref="Schema"/>.</param>
    public IAnswerDecoder Restore(IAnswerDecoder decoder, AnswerLosses losses) =>
        IsNeeded ? new RestoringStreamDecoder(decoder, new AnswerRestorer(this, losses)) : decoder;

    /// <summary>
    /// The answer in the client's words: told and folded as its stream would be, so that both say the same.
    /// </summary>
    /// <param name="losses">Told where the answer does not keep to <see cref="Schema"/>.</param>
    public ChatResponse Restore(ChatResponse response, AnswerLosses losses)
    {
        if (!IsNeeded)
        {
            return response;
        }

        var restorer = new AnswerRestorer(this, losses);
        var restored = new List<StreamEvent>();
        foreach (StreamEvent told in ResponseReplay.Events(response))
        {
            restorer.Add(told, restored);
        }

        var whole = new StreamAccumulator();
        restored.ForEach(whole.Add);
        return whole.ToResponse();
    }
}
