using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// The effort that a system turn sets for what comes after it
/// (https://platform.claude.com/docs/en/build-with-claude/effort-per-message).
/// </summary>
internal static class AnthropicMessagesTurnEffort
{
    private const string Field = "output_config";

    /// <summary>The options with the effort that is in force at the conversation's end.</summary>
    public static GenerationOptions Apply(GenerationOptions options, IReadOnlyList<Message> messages)
    {
        string? inForce = null;
        string? coming = null;
        bool afterInput = false;
        foreach (Message message in messages)
        {
            if (message.Role == Role.System)
            {
                coming = EffortOf(message) ?? coming;
                inForce = afterInput ? coming ?? inForce : inForce;
                continue;
            }

            // Elsewhere than behind a user's turn it waits for the next one; results of tools are none.
            afterInput = message.Role == Role.User;
            inForce = afterInput ? coming ?? inForce : inForce;
        }

        if (coming is null || (inForce ?? options.Reasoning?.Effort) is not { } effort)
        {
            return options;
        }

        ReasoningOptions said = options.Reasoning ?? new ReasoningOptions { Field = "output_config.effort" };
        return options with { Reasoning = said with { Effort = effort, StandingEffort = said.Effort } };
    }

    /// <summary>
    /// The request with the effort that it says at its top, for the dialect that says the other in its turn.
    /// </summary>
    public static ChatRequest Undone(ChatRequest request) =>
        request.Options.Reasoning is { } reasoning && request.Messages.Any(message => EffortOf(message) is not null)
            ? request with
            {
                Options = request.Options with
                {
                    Reasoning = reasoning with { Effort = reasoning.StandingEffort, StandingEffort = null },
                },
            }
            : request;

    private static string? EffortOf(Message message)
    {
        foreach (Extension extension in message.Extensions)
        {
            if (extension.Name == Field)
            {
                return extension.Value.TextOf("effort");
            }
        }

        return null;
    }
}
