using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conformance.Upstreams;

namespace Lightport.EndToEnd.Upstream;

/// <summary>A stream that says "partial", in the pieces that faults are made of.</summary>
/// <param name="Beginning">Up to and with its words.</param>
/// <param name="Ending">The rest.</param>
/// <param name="More">A word that may follow the beginning, as often as one likes.</param>
/// <param name="Failure">An error in place of the rest.</param>
internal sealed record PartialStream(
    IReadOnlyList<byte[]> Beginning, IReadOnlyList<byte[]> Ending, byte[] More, byte[] Failure)
{
    public static readonly ScriptedAnswer Answer = new() { Text = "partial" };

    public static PartialStream Of(UpstreamCall call) => call switch
    {
        { Script: { } script } => Of(call, script),
        { Wire: Wire.OpenAI } => OfOpenAI(call),
        _ => OfAnthropic(call),
    };

    private static PartialStream Of(UpstreamCall call, UpstreamScript script)
    {
        byte[][] frames = [.. StrictWire.Frames(call, script, Answer)];
        int words = script.FramesToWords;
        return new(frames[..words], frames[words..], frames[words - 1], script.ErrorFrame(FaultScripts.FailureText));
    }

    private static PartialStream OfOpenAI(UpstreamCall call)
    {
        JsonObject more =
            OpenAIWire.Chunk(call, OpenAIWire.Choice("delta", new() { ["content"] = "more " }, finish: null));
        string[] events =
            [.. OpenAIWire.Chunks(call, Answer).Select(chunk => $"data: {chunk.ToWire()}\n\n"), "data: [DONE]\n\n"];
        return Of(events, "\"finish_reason\":\"stop\"", $"data: {more.ToWire()}\n\n", "", call);
    }

    private static PartialStream OfAnthropic(UpstreamCall call)
    {
        JsonObject more = new()
        {
            ["type"] = "content_block_delta",
            ["index"] = 0,
            ["delta"] = new JsonObject { ["type"] = "text_delta", ["text"] = "more " },
        };
        string[] events = [.. AnthropicWire.Events(call, Answer).Select(Event)];
        return Of(events, "content_block_stop", Event(more), "event: error\n", call);

        static string Event(JsonObject item) => $"event: {item["type"]}\ndata: {item.ToWire()}\n\n";
    }

    private static PartialStream Of(string[] events, string end, string more, string failureHead, UpstreamCall call)
    {
        int words = Array.FindIndex(events, item => item.Contains(end, StringComparison.Ordinal));
        return new(
            [.. events[..words].Select(Encoding.UTF8.GetBytes)],
            [.. events[words..].Select(Encoding.UTF8.GetBytes)],
            Encoding.UTF8.GetBytes(more),
            Encoding.UTF8.GetBytes($"{failureHead}data: {FaultScripts.Failure(call).ToWire()}\n\n"));
    }
}
