using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes earlier reasoning for whoever can read it: encrypted to the account and the model that made it, in plain
/// words to a server whose trait <c>reasoning-field</c> is <c>reasoning_text</c>. All other reasoning is left out.
/// </summary>
internal sealed class OpenAIResponsesReasoningWriter(Utf8JsonWriter writer, EncodingContext context)
{
    private const int IdDigits = 24;
    private readonly List<ReasoningPart> _waiting = [];

    /// <summary>Keeps the part until something follows it.</summary>
    public void Wait(ReasoningPart part)
    {
        if (IsReadable(part) || (IsPlain && part.Text.Length > 0))
        {
            _waiting.Add(part);
        }
    }

    /// <summary>What waited was followed by something, and can be said.</summary>
    public void Write()
    {
        foreach (ReasoningPart part in _waiting)
        {
            Write(part);
        }

        _waiting.Clear();
    }

    /// <summary>Nothing followed.</summary>
    public void Forget() => _waiting.Clear();

    private bool IsPlain => context.Traits.ReasoningField == OpenAIResponsesWire.ReasoningText;

    private bool IsReadable(ReasoningPart part) =>
        part.State is { Data.Length: > 0 } state
        && state.CanBeReadBy(StateFormats.OpenAI, context.Account ?? state.Account ?? "", context.Model);

    private void Write(ReasoningPart part)
    {
        bool isReadable = IsReadable(part);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "reasoning"u8);
        writer.WriteOptional("id", part.Id ?? (isReadable ? null : MadeId(part.Text)));
        writer.WriteStartArray("summary"u8);
        if (isReadable && part.Text.Length > 0)
        {
            WriteText("summary_text"u8, part.Text);
        }

        writer.WriteEndArray();
        if (isReadable)
        {
            writer.WriteString("encrypted_content"u8, part.State!.Data);
        }
        else
        {
            writer.WriteStartArray("content"u8);
            WriteText("reasoning_text"u8, part.Text);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> type, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    /// <summary>
    /// The same for the same words, so that a history is always said the same. To encrypted reasoning none is made: it
    /// is bound to the id that it came with, and is taken without one.
    /// </summary>
    private static string MadeId(string text) =>
        "rs_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..IdDigits];
}
