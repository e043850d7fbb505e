using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Gemini;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Google.Gemini;

/// <summary>Whatever a provider sends, in whatever pieces: no exception, an end, and events in their order.</summary>
public sealed class GoogleGeminiFuzzTests
{
    private const int Rounds = 3000;

    private static readonly string[] Seeds =
    [
        GeminiWire.Chunk("{\"text\":\"a\\ud83d\"},{\"text\":\"b\",\"thought\":true,\"thoughtSignature\":\"c2ln\"}"),
        GeminiWire.Chunk("{\"functionCall\":{\"id\":\"k\",\"name\":\"f\",\"args\":{\"a\":[1,null]}},\"thoughtSignature\":\"c2ln\"}"),
        GeminiWire.Chunk("{\"inlineData\":{\"mimeType\":\"audio/L16\",\"data\":\"YWE=\"}},{\"executableCode\":{\"code\":\"1\"}}"),
        GeminiWire.Chunk("{\"text\":\"üü\"}", """
            ,"finishReason":"STOP","groundingMetadata":{"groundingChunks":[{"web":{"uri":"u"}}],"groundingSupports":[{"segment":{"startIndex":1,"endIndex":2},"groundingChunkIndices":[0,7,-1]}]},"logprobsResult":{"chosenCandidates":[{"token":"a","logProbability":-1}]}
            """, ",\"usageMetadata\":{\"promptTokenCount\":1,\"promptTokensDetails\":[{\"modality\":\"AUDIO\",\"tokenCount\":9}]}"),
        """{"error":{"code":503,"details":[{"retryDelay":"x s"},5]}}""",
        """{"promptFeedback":{"blockReason":"SAFETY"}}""",
    ];

    [Fact]
    public void Stream_OfMangledChunks_EndsWithoutAnException()
    {
        var random = new Random(7);
        for (int round = 0; round < Rounds; round++)
        {
            var decoder = new GoogleGeminiStreamDecoder("req", new AnswerLosses());
            var relay = new GoogleGeminiRelay(events: round % 2 == 0, "req", 1);
            using var output = new PooledBuffer();
            var events = new List<StreamEvent>();
            for (int i = random.Next(1, 4); i > 0; i--)
            {
                byte[] data = Mangled(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
                decoder.Decode(new Frame([], data, data), events);
                relay.Push(new Frame([], data, data), output);
            }

            decoder.Complete(events);
            relay.Complete(output);
            Assert.True(decoder.Ended && relay.Ended);
            Assert.True(events[^1] is StreamEvent.ResponseEnd or StreamEvent.Failed);
            var whole = new StreamAccumulator();
            events.ForEach(whole.Add);
            whole.ToResponse();
        }
    }

    [Fact]
    public void Whole_OfAMangledBody_IsAnAnswerOrAnError()
    {
        var random = new Random(8);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Mangled(random, Encoding.UTF8.GetBytes(Seeds[random.Next(Seeds.Length)]));
            try
            {
                GoogleGeminiResponseDecoder.Decode(body, "req", new AnswerLosses());
            }
            catch (GatewayException e)
            {
                Assert.InRange(e.Error.Status, 400, 599);
            }

            Assert.NotEmpty(GoogleGeminiErrors.Read(500, body).Message);
        }
    }

    [Fact]
    public void History_ThatIsMangled_StaysJson()
    {
        const string Contents = """
            [{"role":"model","parts":[{"functionCall":{"name":"f"}},{"text":"a","thoughtSignature":"bHAyLng="}]},{"parts":5},7,null]
            """;
        var random = new Random(9);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Encoding.UTF8.GetBytes($"{{\"contents\":{Encoding.UTF8.GetString(Mangled(random, Encoding.UTF8.GetBytes(Contents)))}}}");
            if (!IsJson(body))
            {
                continue;
            }

            JsonEnvelope request = JsonEnvelope.Read(body);
            var patch = new BodyPatch(request);
            GoogleGeminiHistory.Patch(request, signedCalls: true, patch, new LossLedger(null, "t"));
            Assert.True(IsJson([.. patch.Apply().ToArray()]));
        }
    }

    private static byte[] Mangled(Random random, byte[] bytes)
    {
        byte[] mangled = [.. bytes];
        for (int i = random.Next(0, 3); i > 0; i--)
        {
            int at = random.Next(mangled.Length);
            switch (random.Next(4))
            {
                case 0:
                    mangled[at] = (byte)random.Next(256);
                    break;
                case 1:
                    mangled[at] = (byte)"{}[]\",:0nt\\"[random.Next(11)];
                    break;
                case 2:
                    mangled = [.. mangled[..at], .. mangled[Math.Min(mangled.Length, at + random.Next(9))..], (byte)' '];
                    break;
                default:
                    mangled = mangled[..Math.Max(1, at)];
                    break;
            }
        }

        return mangled;
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            JsonElement.Parse(body);
            JsonEnvelope.Read(body);
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
