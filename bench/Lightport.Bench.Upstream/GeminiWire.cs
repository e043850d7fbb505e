using System.Text;
using static Lightport.Bench.Upstream.Wire;

namespace Lightport.Bench.Upstream;

/// <summary>Gemini generateContent (https://ai.google.dev/api/generate-content).</summary>
internal static class GeminiWire
{
    private const string Tail = """
        "usageMetadata":{
          "promptTokenCount":25,"candidatesTokenCount":160,"totalTokenCount":185,
          "promptTokensDetails":[{"modality":"TEXT","tokenCount":25}]},
        "modelVersion":"gemini-bench","responseId":"BenchBenchBench"
        """;

    public static Wire Create() => new(
        Encoding.UTF8.GetBytes(Answer(Prose(640), ",\"finishReason\":\"STOP\"")),
        [],
        Text("The light turns. "),
        [Event(Answer("", ",\"finishReason\":\"STOP\""))],
        Repeat(Text(Prose(850)), 64));

    private static byte[] Text(string text) => Event(Answer(text, ""));

    private static string Answer(string text, string finish) => OneLine($$"""
        {
          "candidates":[{"content":{"parts":[{"text":"{{text}}"}],"role":"model"}{{finish}},"index":0}],
          {{Tail}}
        }
        """);
}
