using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Google.Interactions;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Whatever a provider sends, in whatever order: no exception, an end, and events in their order.</summary>
public sealed class GoogleInteractionsFuzzTests
{
    private const int Rounds = 3000;

    private static readonly string[] Seeds =
    [
        """{"event_type":"interaction.created","interaction":{"id":"i","model":"m","created":"2026-11-01T12:00:00Z"}}""",
        """{"event_type":"step.start","index":0,"step":{"type":"model_output","content":[{"type":"text","text":"üa\ud83d"}]}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"text","text":"b"}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"text_annotation_delta","annotations":[{"type":"url_citation","url":"u","start_index":1,"end_index":2},5]}}""",
        """{"event_type":"step.delta","index":0,"delta":{"type":"audio","mime_type":"audio/l16","data":"YWE="}}""",
        """{"event_type":"step.start","index":1,"step":{"type":"thought","summary":[{"type":"text","text":"t"}],"signature":"c2ln"}}""",
        """{"event_type":"step.delta","index":1,"delta":{"type":"thought_signature","signature":"c2ln"}}""",
        """{"event_type":"step.start","index":2,"step":{"type":"function_call","id":"c","name":"f","arguments":{"a":[1,null]}}}""",
        """{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"{\"a\":"}}""",
        """{"event_type":"step.start","index":3,"step":{"type":"google_search_result","call_id":"c","result":[]}}""",
        """{"event_type":"step.delta","index":3,"delta":{"type":"google_search_result","result":[{"a":1}]}}""",
        """{"event_type":"step.stop","index":2}""",
        """{"event_type":"error","error":{"code":"api_error","message":"m"}}""",
        """{"event_type":"interaction.completed","interaction":{"id":"i","status":"completed","usage":{"total_input_tokens":1,"input_tokens_by_modality":[{"modality":"audio","tokens":9}]}}}""",
    ];

    [Fact]
    public void Stream_OfMangledEvents_EndsWithoutAnException()
    {
        var random = new Random(7);
        for (int round = 0; round < Rounds; round++)
        {
            var decoder = new GoogleInteractionsStreamDecoder("req");
            var relay = new GoogleInteractionsRelay("req", 1);
            using var output = new PooledBuffer();
            var events = new List<StreamEvent>();
            for (int i = random.Next(1, 9); i > 0; i--)
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
        string[] steps = [.. Seeds.Where(seed => seed.Contains("\"step\":", StringComparison.Ordinal))
            .Select(seed => JsonElement.Parse(seed).GetProperty("step").GetRawText())];
        var random = new Random(8);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Mangled(random, Encoding.UTF8.GetBytes(
                $$"""{"id":"i","status":"completed","errors":[{"code":"safety"}],"steps":[{{string.Join(',', steps)}}]}"""));
            try
            {
                GoogleInteractionsResponseDecoder.Decode(body, "req");
            }
            catch (GatewayException e)
            {
                Assert.InRange(e.Error.Status, 400, 599);
            }

            Assert.NotEmpty(GoogleInteractionsErrors.Read(500, body).Message);
        }
    }

    [Fact]
    public void History_ThatIsMangled_StaysJson()
    {
        const string Input = """
            [{"type":"thought","signature":"bHAyLng="},{"type":"function_call","id":"a"},{"type":"thought","signature":5},7,null]
            """;
        var random = new Random(9);
        for (int round = 0; round < Rounds; round++)
        {
            byte[] body = Encoding.UTF8.GetBytes(
                $"{{\"input\":{Encoding.UTF8.GetString(Mangled(random, Encoding.UTF8.GetBytes(Input)))}}}");
            if (!IsJson(body))
            {
                continue;
            }

            JsonEnvelope request = JsonEnvelope.Read(body);
            var patch = new BodyPatch(request);
            GoogleInteractionsHistory.Patch(request, signedCalls: true, patch, new LossLedger(null, "t"));
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
