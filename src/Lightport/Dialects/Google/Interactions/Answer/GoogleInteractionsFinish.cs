using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Why an interaction ended: one word says that it was cut, and its errors whether a filter did it.</summary>
internal static class GoogleInteractionsFinish
{
    /// <param name="interaction">One that did not fail.</param>
    /// <param name="hasCalls">It calls the client's tools.</param>
    public static Finish Of(JsonElement interaction, bool hasCalls)
    {
        string? blocked = interaction.ItemsOf("errors").Select(error => error.TextOf("code"))
            .FirstOrDefault(GoogleInteractionsErrorCodes.IsBlock);
        if (blocked is not null)
        {
            return new Finish(FinishReason.ContentFilter, blocked);
        }

        return interaction.TextOf("status") switch
        {
            "incomplete" => new Finish(FinishReason.Length),
            "budget_exceeded" => new Finish(FinishReason.Length, "budget_exceeded"),
            "requires_action" => new Finish(FinishReason.ToolCalls),
            _ => new Finish(hasCalls ? FinishReason.ToolCalls : FinishReason.Stop),
        };
    }
}
