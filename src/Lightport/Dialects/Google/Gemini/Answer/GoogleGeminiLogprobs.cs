using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads how likely the tokens were (https://ai.google.dev/api/generate-content#LogprobsResult): the chosen ones, and
/// beside them, place by place, the likeliest.
/// </summary>
internal static class GoogleGeminiLogprobs
{
    public static ChoiceLogprobs Read(JsonElement result)
    {
        var tops = new List<TokenLogprob[]>();
        foreach (JsonElement place in result.ItemsOf("topCandidates"))
        {
            tops.Add([.. place.ItemsOf("candidates").Select(Token)]);
        }

        var tokens = new List<TokenLogprob>();
        foreach (JsonElement chosen in result.ItemsOf("chosenCandidates"))
        {
            TokenLogprob token = Token(chosen);
            tokens.Add(tokens.Count < tops.Count ? token with { Top = tops[tokens.Count] } : token);
        }

        return new ChoiceLogprobs { Content = tokens };
    }

    private static TokenLogprob Token(JsonElement candidate) => new(
        candidate.TextOf("token") ?? "",
        candidate.ValueOf("logProbability") is { ValueKind: JsonValueKind.Number } number
            ? ExactNumber.Parse(JsonMarshal.GetRawUtf8Value(number))
            : null);
}
