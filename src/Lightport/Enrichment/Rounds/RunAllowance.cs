using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>
/// How far a client lets the gateway's tools be run: which of them, and how often in one answer (Responses'
/// <c>max_tool_calls</c>).
/// </summary>
/// <param name="said">The request as its client sent it.</param>
internal sealed class RunAllowance(ChatRequest said)
{
    private const string OthersAlone = "The request lets other tools be called, and not this one. It was not run.";

    /// <summary>Why a call is not run that is one too many.</summary>
    public const string NoMore = "The request lets no more tools be run, and this one was not.";

    private int? _left = Most(said);

    /// <summary>How many may be run still.</summary>
    public int Left => Math.Max(_left ?? int.MaxValue, 0);

    /// <summary>No tool may be run any more.</summary>
    public bool IsSpent => _left <= 0;

    /// <summary>
    /// The request as providers are told it: where all that is run is the gateway's to run, the bound is kept here, and
    /// no provider need know of it.
    /// </summary>
    public static ChatRequest Kept(ChatRequest request) =>
        request.Extensions.Any(field => field.BoundsRuns)
        && request.McpToolsets.Count == 0
        && request.Tools.All(tool => tool.Kind != ToolKind.Server)
            ? request with { Extensions = [.. request.Extensions.Where(field => !field.BoundsRuns)] }
            : request;

    /// <summary>Whether a tool may be called in a round.</summary>
    /// <param name="choice">What the model may call in it.</param>
    public static bool Lets(string name, ToolChoice? choice) =>
        choice is not { Mode: ToolChoiceMode.Allowed or ToolChoiceMode.Named } || choice.Names.Contains(name);

    /// <summary>Takes runs that the client has said yes to.</summary>
    public void Take(int runs) => _left -= runs;

    /// <summary>Takes a run, or says why it may not be made.</summary>
    /// <param name="choice">What the model may call in this round.</param>
    public string? Refusal(ToolCallPart call, ToolChoice? choice)
    {
        if (!Lets(call.Name, choice))
        {
            return OthersAlone;
        }

        if (IsSpent)
        {
            return NoMore;
        }

        _left--;
        return null;
    }

    private static int? Most(ChatRequest said)
    {
        foreach (Extension field in said.Extensions)
        {
            if (field is { BoundsRuns: true, Value.ValueKind: JsonValueKind.Number }
                && field.Value.TryGetDouble(out double most))
            {
                return (int)Math.Clamp(most, 0, int.MaxValue);
            }
        }

        return null;
    }
}
