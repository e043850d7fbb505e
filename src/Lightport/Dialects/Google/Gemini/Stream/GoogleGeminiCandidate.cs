using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Where the facts of one candidate stand (https://ai.google.dev/api/generate-content#v1beta.Candidate).
/// </summary>
internal ref struct GoogleGeminiCandidate
{
    public int Index;
    public JsonSlice Parts, FinishReason, FinishMessage, Grounding, Citations, Logprobs, AverageLogprobs, Safety;

    /// <param name="data">The text that the slices are of.</param>
    /// <param name="candidate">Where the candidate stands in it.</param>
    public static GoogleGeminiCandidate Read(ReadOnlySpan<byte> data, JsonSlice candidate)
    {
        var read = new GoogleGeminiCandidate();
        if (!candidate.Is(data, '{'))
        {
            return read;
        }

        var reader = new Utf8JsonReader(candidate.In(data));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            read.Take(data, candidate.Start, ref reader);
        }

        return read;
    }

    private void Take(ReadOnlySpan<byte> data, int offset, scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        JsonSlice value = JsonSlice.Take(ref reader, offset);
        if (name.SequenceEqual("content"u8))
        {
            Parts = PartsOf(data, value);
        }
        else if (name.SequenceEqual("finishReason"u8))
        {
            FinishReason = value;
        }
        else if (name.SequenceEqual("finishMessage"u8))
        {
            FinishMessage = value;
        }
        else if (name.SequenceEqual("index"u8))
        {
            var number = new Utf8JsonReader(value.In(data));
            number.Read();
            Index = number.TokenType == JsonTokenType.Number && number.TryGetInt32(out int index) ? index : 0;
        }
        else if (name.SequenceEqual("groundingMetadata"u8))
        {
            Grounding = value;
        }
        else if (name.SequenceEqual("citationMetadata"u8))
        {
            Citations = value;
        }
        else if (name.SequenceEqual("logprobsResult"u8))
        {
            Logprobs = value;
        }
        else if (name.SequenceEqual("avgLogprobs"u8))
        {
            AverageLogprobs = value;
        }
        else if (name.SequenceEqual("safetyRatings"u8))
        {
            Safety = value;
        }
    }

    private static JsonSlice PartsOf(ReadOnlySpan<byte> data, JsonSlice content)
    {
        JsonSlice parts = default;
        if (content.Is(data, '{'))
        {
            var reader = new Utf8JsonReader(content.In(data));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isParts = reader.Is("parts"u8);
                JsonSlice value = JsonSlice.Take(ref reader, content.Start);
                parts = isParts ? value : parts;
            }
        }

        return parts;
    }
}
