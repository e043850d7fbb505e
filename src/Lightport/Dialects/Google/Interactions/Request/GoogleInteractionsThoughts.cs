using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Puts the thoughts of a model's message back as steps of their own, each with the signature that stands for it
/// (https://ai.google.dev/gemini-api/docs/thinking). Thinking without a signature that this target can read stays
/// behind; a state that came with words or with a call is a thought before them.
/// </summary>
internal sealed class GoogleInteractionsThoughts(EncodingContext context)
{
    private static readonly ReasoningPart Silent = new("");

    /// <param name="parts">Those of one message: what is said later must not change where its thoughts stand.</param>
    /// <returns>The parts in order; only a <see cref="ReasoningPart"/> has a signature.</returns>
    public List<(ContentPart Part, string? Signature)> Of(ContentPart[] parts)
    {
        var signed = new List<(ContentPart Part, string? Signature)>(parts.Length);
        bool isSigned = false;
        bool hasCall = false;
        foreach (ContentPart part in parts)
        {
            if (Readable(part) is { } signature)
            {
                isSigned = true;
                signed.Add((part as ReasoningPart ?? Silent, signature));
            }

            if (part is ReasoningPart or TextPart { Text: "" })
            {
                continue;
            }

            if (part is ToolCallPart && !hasCall && !isSigned && context.Traits.SignedCalls)
            {
                // Another vendor's call never had a signature, and a client may have lost it.
                context.Losses.Note("thought_signature");
                signed.Add((Silent, GoogleGeminiWire.NoSignature));
            }

            hasCall |= part is ToolCallPart;
            signed.Add((part, null));
        }

        return signed;
    }

    private string? Readable(ContentPart part) =>
        part.State is { } state
        && state.CanBeReadBy(StateFormats.Interactions, context.Account ?? state.Account ?? "", context.Model)
            ? state.Data
            : null;
}
