using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// How likely each token was (https://ai.google.dev/api/generate-content#LogprobsResult): the chosen ones, and beside
/// them the likeliest of each place.
/// </summary>
internal static class GoogleGeminiLogprobsWriter
{
    public static void Write(Utf8JsonWriter writer, ChoiceLogprobs logprobs)
    {
        IReadOnlyList<TokenLogprob> tokens = logprobs.Content ?? logprobs.Refusal ?? [];
        writer.WriteStartObject("logprobsResult"u8);
        WriteTokens(writer, "chosenCandidates"u8, tokens);
        writer.WriteStartArray("topCandidates"u8);
        foreach (TokenLogprob token in tokens)
        {
            writer.WriteStartObject();
            WriteTokens(writer, "candidates"u8, token.Top);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteTokens(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<TokenLogprob> tokens)
    {
        writer.WriteStartArray(name);
        foreach (TokenLogprob token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteString("token"u8, token.Token);
            if (token.Logprob is { } logprob)
            {
                writer.WritePropertyName("logProbability"u8);
                writer.WriteRawValue(logprob.ToString(), skipInputValidation: true);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
