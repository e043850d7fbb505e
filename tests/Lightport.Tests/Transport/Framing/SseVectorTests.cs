using System.Text.Json;

namespace Lightport.Tests.Transport.Framing;

/// <summary>web-platform-tests and eventsource-parser, read from the shared folder where there is one.</summary>
public sealed class SseVectorTests
{
    [SharedFact(SseVectors.Folder)]
    public void TryRead_WebPlatformTests_GivesTheirData()
    {
        foreach (JsonElement vector in SseVectors.Read("wpt.json"))
        {
            string[] expected = [.. vector.GetProperty("data").EnumerateArray().Select(data => data.GetString()!)];
            byte[] body = SseVectors.WebPlatformBody(vector);
            AssertFrames(vector, body, outcome => outcome.Select(frame => frame.Data), expected);
        }
    }

    [SharedFact(SseVectors.Folder)]
    public void TryRead_EventSourceParser_GivesItsEvents()
    {
        // InvalidBom says that U+FEFF in decoded text is no BOM; in bytes it is one, and there is nothing to tell apart.
        foreach (JsonElement vector in SseVectors.Read("eventsource-parser.json")
            .Where(vector => vector.GetProperty("name").GetString() != "InvalidBom"))
        {
            string[] expected = [.. vector.GetProperty("events").EnumerateArray()
                .Select(item => $"{item.GetProperty("event").GetString()}|{item.GetProperty("data").GetString()}")];
            AssertFrames(
                vector,
                SseVectors.EventSourceParserBody(vector),
                outcome => outcome.Select(frame => $"{frame.Name}|{frame.Data}"),
                expected);
        }
    }

    private static void AssertFrames(
        JsonElement vector, byte[] body, Func<List<SseEvent>, IEnumerable<string>> describe, string[] expected)
    {
        foreach (int size in SseCutter.PieceSizes)
        {
            SseOutcome outcome = SseCutter.Read(body, size);

            Assert.True(
                expected.SequenceEqual(describe(outcome.Frames)),
                $"{vector.GetProperty("name")} in pieces of {size}: {string.Join(" ⏎ ", describe(outcome.Frames))}");
            Assert.Equal(body, outcome.Raw);
        }
    }
}
