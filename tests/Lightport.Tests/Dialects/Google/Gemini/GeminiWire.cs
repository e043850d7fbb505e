using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Gemini;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Gemini's answers read by its decoders alone.</summary>
internal static class GeminiWire
{
    public static ChatResponse Whole(string body) =>
        GoogleGeminiResponseDecoder.Decode(Encoding.UTF8.GetBytes(body), "req", new AnswerLosses());

    /// <summary>The events of a stream whose chunks are these.</summary>
    public static List<StreamEvent> Events(params string[] chunks)
    {
        var decoder = new GoogleGeminiStreamDecoder("req", new AnswerLosses());
        var events = new List<StreamEvent>();
        foreach (string chunk in chunks)
        {
            byte[] data = Encoding.UTF8.GetBytes(chunk);
            decoder.Decode(new Frame([], data, data), events);
        }

        decoder.Complete(events);
        Assert.True(decoder.Ended);
        return events;
    }

    /// <summary>What a stream of these chunks adds up to, and how it broke off where it did.</summary>
    public static (ChatResponse Response, GatewayError? Error) Folded(params string[] chunks)
    {
        var whole = new StreamAccumulator();
        Events(chunks).ForEach(whole.Add);
        return (whole.ToResponse(), whole.Error);
    }

    /// <summary>A response of one candidate with these parts.</summary>
    public static string Chunk(string parts, string candidate = "", string rest = "") =>
        $$$"""
        {"candidates":[{"content":{"parts":[{{{parts}}}],"role":"model"},"index":0{{{candidate}}}}],
         "modelVersion":"gemini-3-flash","responseId":"r1"{{{rest}}}}
        """;

    public static void Same(string expected, JsonNode? actual) => Assert.True(
        JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nbut was  {actual?.ToJsonString()}");
}
