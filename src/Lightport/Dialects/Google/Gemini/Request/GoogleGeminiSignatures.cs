using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Puts the signatures of a model's message back on its parts
/// (https://ai.google.dev/gemini-api/docs/thought-signatures). Clients of other dialects carry them with thinking, or
/// with a call: one that came with thinking goes on the first call that has none of its own, else on what follows it.
/// Thinking itself is not sent: the signature stands for it.
/// </summary>
/// <param name="account">The provider's name in the configuration; null where nobody needs to know.</param>
internal sealed class GoogleGeminiSignatures(string? account, EncodingContext context)
{
    private static readonly TextPart Nothing = new("");

    /// <param name="parts">Those of one message: what is said later must not change where its signatures stand.</param>
    public List<(ContentPart Part, string? Signature)> Of(ContentPart[] parts)
    {
        ToolCallPart? first = parts.OfType<ToolCallPart>().FirstOrDefault();
        bool isCallBare = first is not null && Readable(first) is null;
        var signed = new List<(ContentPart Part, string? Signature)>(parts.Length);
        string? loose = null;
        foreach (ContentPart part in parts)
        {
            string? own = Readable(part);
            if (part is ReasoningPart)
            {
                // Two in a row: the first has nothing else to stand on.
                AddAlone(own is null ? null : loose, signed);
                loose = own ?? loose;
            }
            else if (ReferenceEquals(part, first))
            {
                signed.Add((part, own ?? loose ?? Missing()));
                loose = own is null ? null : loose;
            }
            else if (own is null && !isCallBare && part is TextPart)
            {
                signed.Add((part, loose));
                loose = null;
            }
            else
            {
                signed.Add((part, own));
            }
        }

        AddAlone(loose, signed);
        return signed;
    }

    private static void AddAlone(string? signature, List<(ContentPart Part, string? Signature)> signed)
    {
        if (signature is not null)
        {
            signed.Add((Nothing, signature));
        }
    }

    private string? Readable(ContentPart part) =>
        part.State is { } state && state.CanBeReadBy(StateFormats.Gemini, account ?? state.Account ?? "", context.Model)
            ? state.Data
            : null;

    /// <summary>What stands in for a call's signature that was lost, or that another vendor's call never had.</summary>
    private string? Missing()
    {
        if (!context.Traits.SignedCalls)
        {
            return null;
        }

        context.Losses.Note("thought_signature");
        return GoogleGeminiWire.NoSignature;
    }
}
