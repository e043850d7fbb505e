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

    private bool IsNeeded => AnswerTool is not null || ToolNames.Count > 0 || Schema is not null;

    /// <summary>A decoder whose events are in the client's words.</summary>
    /// <param name="losses">Told where the answer does not keep to <see cref="Schema"/>.</param>
    public IStreamDecoder Restore(IStreamDecoder decoder, AnswerLosses losses) =>
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
