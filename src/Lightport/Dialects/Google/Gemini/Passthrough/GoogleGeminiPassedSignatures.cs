using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>Finds the signatures of a conversation that must change, and the parts that must get one.</summary>
/// <param name="signedCalls">The model refuses a call without a signature.</param>
internal sealed class GoogleGeminiPassedSignatures(bool signedCalls)
{
    private static readonly byte[] NoSignature = Encoding.UTF8.GetBytes($"\"{GoogleGeminiWire.NoSignature}\"");

    private bool _hadCall;

    public JsonSplice Edits { get; } = new();

    /// <summary>A call goes without the signature that its model wants.</summary>
    public bool HasExcused { get; private set; }

    /// <param name="contents">The array of turns, as JSON.</param>
    public void Read(ReadOnlySpan<byte> contents)
    {
        var turns = new GoogleGeminiElements(contents, new JsonSlice(0, 0, contents.Length));
        while (turns.Next(out JsonSlice turn))
        {
            if (turn.Is(contents, '{'))
            {
                ReadTurn(contents, turn);
            }
        }
    }

    private void ReadTurn(ReadOnlySpan<byte> contents, JsonSlice turn)
    {
        JsonSlice parts = default;
        bool isModel = false;
        var reader = new Utf8JsonReader(turn.In(contents));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isParts = reader.ValueSpan.SequenceEqual("parts"u8);
            bool isRole = reader.ValueSpan.SequenceEqual("role"u8);
            JsonSlice value = JsonSlice.Take(ref reader, turn.Start);
            parts = isParts ? value : parts;
            isModel |= isRole && value.In(contents).SequenceEqual("\"model\""u8);
        }

        // A client sends a streamed answer back chunk by chunk: its calls are of one step.
        _hadCall &= isModel;
        var list = new GoogleGeminiElements(contents, parts);
        while (list.Next(out JsonSlice part))
        {
            if (part.Is(contents, '{'))
            {
                ReadPart(contents, part);
            }
        }
    }

    private void ReadPart(ReadOnlySpan<byte> contents, JsonSlice part)
    {
        JsonSlice signature = default;
        bool isCall = false;
        var reader = new Utf8JsonReader(part.In(contents));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            bool isSignature = name.SequenceEqual("thoughtSignature"u8) || name.SequenceEqual("thought_signature"u8);
            isCall |= name.SequenceEqual("functionCall"u8) || name.SequenceEqual("function_call"u8);
            JsonSlice value = JsonSlice.Take(ref reader, part.Start);
            signature = isSignature ? value : signature;
        }

        bool isFirstCall = isCall && !_hadCall;
        _hadCall |= isCall;
        string? text = signature.Text(contents);
        bool isForeign = text is not null && GoogleGeminiSignature.IsEnvelope(text);
        bool isExcused = isFirstCall && signedCalls && (text is null || isForeign);
        HasExcused |= isExcused;
        if (isExcused && signature.IsPresent)
        {
            Edits.Replace(signature, NoSignature);
        }
        else if (isExcused)
        {
            Edits.InsertField(contents, part.Start + 1, "thoughtSignature"u8, NoSignature);
        }
        else if (isForeign)
        {
            Edits.Remove(contents, signature);
        }
    }
}
