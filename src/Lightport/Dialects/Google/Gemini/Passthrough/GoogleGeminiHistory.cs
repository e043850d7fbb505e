using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Puts the signatures of a conversation that passes through in order: one that carries the gateway's own mark is
/// another vendor's state, which Google refuses; and a model that wants its calls signed is told to excuse the first of
/// a turn that has no signature (https://ai.google.dev/gemini-api/docs/thought-signatures).
/// </summary>
internal static class GoogleGeminiHistory
{
    /// <param name="signedCalls">The model refuses a call without a signature.</param>
    public static void Patch(JsonEnvelope request, bool signedCalls, BodyPatch patch, LossLedger losses)
    {
        if (!request.TryGet("contents", out JsonField field)
            || field.Type != JsonTokenType.StartArray
            || !MayNeedIt(request.Value(field), signedCalls))
        {
            return;
        }

        ReadOnlySpan<byte> contents = request.Value(field);
        var signatures = new GoogleGeminiPassedSignatures(signedCalls);
        signatures.Read(contents);
        if (!signatures.Edits.IsEmpty)
        {
            using var buffer = new PooledBuffer(contents.Length + 256);
            signatures.Edits.WriteTo(contents, buffer);
            patch.Set("contents", buffer.Written.Span);
        }

        if (signatures.HasExcused)
        {
            losses.Note("thought_signature");
        }
    }

    private static bool MayNeedIt(ReadOnlySpan<byte> contents, bool signedCalls) =>
        contents.IndexOf(GoogleGeminiSignature.Mark) >= 0
        || (signedCalls
            && (contents.IndexOf("\"functionCall\""u8) >= 0 || contents.IndexOf("\"function_call\""u8) >= 0));
}
