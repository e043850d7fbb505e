using System.Text;
using Lightport.Dialects;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Laws;
using Lightport.Tests.Laws.Reading;
using Xunit.Abstractions;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>
/// Real answers of Bedrock through the whole gateway, cut into pieces of every size, told to clients of either dialect:
/// they read what one who reads the provider itself does.
/// </summary>
public sealed class RecordedConverseTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int[] Pieces = [1, 2, 3, 7, 64, int.MaxValue];

    private readonly TestGateway _gateway = BedrockGateway.Create();

    [SharedTheory("recorded")]
    [InlineData(DialectIds.OpenAIChat)]
    [InlineData(DialectIds.AnthropicMessages)]
    public async Task Recorded_ThroughTheGateway_SayTheSame(string client)
    {
        var broken = new List<string>();
        int answers = 0, passages = 0;
        foreach (RecordedBedrock recorded in RecordedBedrock.All("bedrock-converse"))
        {
            answers++;
            foreach (int piece in recorded.IsStream ? Pieces : [7, int.MaxValue])
            {
                passages++;
                if (await BrokenAsync(recorded, client, piece) is { } breach)
                {
                    broken.Add($"{recorded.Id} ({recorded.Model}, piece {piece}): {breach}");
                }
            }
        }

        output.WriteLine($"bedrock-converse → {client}: {answers} answers in {passages} passages");
        Assert.True(broken.Count == 0, $"{broken.Count} of {passages}:\n" + string.Join("\n\n", broken.Take(8)));
        Assert.True(answers > 100);
    }

    /// <summary>Cut after each of its messages, and within each: an error, and never the end of an answer.</summary>
    [SharedFact("recorded")]
    public async Task RecordedStream_CutShort_IsAnError()
    {
        foreach (RecordedBedrock recorded in RecordedBedrock.All("bedrock-converse").Where(one => one.IsStream && one.Status == 200))
        {
            string text = Encoding.Latin1.GetString(recorded.Body);
            int stop = text.IndexOf("messageStop", StringComparison.Ordinal) - 40;
            for (int length = 1; length < stop; length += Math.Max(1, stop / 40))
            {
                _gateway.Upstream.Answer(ScriptedResponse.Of(ConverseWire.MediaType, recorded.Body[..length]));
                await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("nova", Wires.ChatStream));
                Assert.True(_gateway.Record.Failed, $"{recorded.Id} cut at {length}");
            }
        }
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<string?> BrokenAsync(RecordedBedrock recorded, string client, int piece)
    {
        _gateway.Upstream.Forget();
        _gateway.Log.Lines.Clear();
        _gateway.Usage.Records.Clear();
        _gateway.Upstream.Answer(new ScriptedResponse(
            recorded.Status,
            recorded.IsStream ? ConverseWire.MediaType : "application/json",
            new CutBody(recorded.Body, piece)));
        bool messages = client == DialectIds.AnthropicMessages;
        string request = (messages, recorded.IsStream) switch
        {
            (true, true) => Wires.MessagesStream,
            (true, false) => Wires.Messages,
            (false, true) => Wires.ChatStream.Replace("\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}", StringComparison.Ordinal),
            (false, false) => Wires.Chat,
        };
        using ClientCall call = await _gateway.SendAsync(
            messages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions, Wires.For("nova", request));
        if (recorded.Status != 200)
        {
            return call.Status == recorded.Status || (recorded.Status == 403 && call.Status == 502)
                ? null
                : $"status {recorded.Status} became {call.Status}";
        }

        if (call.Status != 200)
        {
            return $"an answer became {call.Status}: {call.Text}";
        }

        if (recorded.IsStream && BrokenStream(call.Text, messages) is { } breach)
        {
            return breach;
        }

        var passage = new Passage(client, Same: false, Exact: false, recorded.IsStream, IncludeUsage: true, piece);
        Told expected = Expectation.Of(passage, ConverseReading.Read(recorded.Body, recorded.IsStream));
        Told actual = Expectation.Judged(expected, Told.Read(client, call.Body.Bytes, recorded.IsStream));
        return expected.Lines.SequenceEqual(actual.Lines) ? null : string.Join('\n', [
            .. expected.Lines.Except(actual.Lines).Select(line => "- " + line),
            .. actual.Lines.Except(expected.Lines).Select(line => "+ " + line),
        ]);
    }

    private static string? BrokenStream(string text, bool messages) => messages
        ? MessagesStreamLaws.Check(text) is not null ? null : "a whole answer ended in an error"
        : ChatStreamLaws.Broken(text, includeUsage: true) is { Count: > 0 } broken ? string.Join("; ", broken) : null;
}
