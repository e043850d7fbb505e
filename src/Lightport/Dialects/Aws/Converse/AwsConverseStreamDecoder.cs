using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Reads a streamed answer (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html).
/// Events that are not known are passed over; an exception is the answer's end.
/// </summary>
/// <param name="losses">Told what no client's dialect has a word for.</param>
internal sealed class AwsConverseStreamDecoder(AnswerLosses losses) : JsonEventDecoder
{
    private readonly AwsConverseOpenBlocks _blocks = new();
    private bool _started;
    private bool _finished;

    /// <summary>What a message is stands in its headers.</summary>
    protected override bool SaysNothing(ReadOnlySpan<byte> data) => false;

    protected override void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (!AwsStreamMessage.IsEvent(frame))
        {
            Fail(AwsStreamMessage.ErrorOf(frame), events);
        }
        else if (frame.Name.SequenceEqual("contentBlockDelta"u8))
        {
            Start(events);
            _blocks.Add(AwsConverseDelta.Read(data), events);
        }
        else
        {
            Decode(frame.Name, data, events);
        }
    }

    public override void Complete(List<StreamEvent> events)
    {
        if (!Ended && !_finished)
        {
            Fail(StreamErrors.BrokenOff, events);
        }

        Ended = true;
    }

    private void Decode(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (name.SequenceEqual("messageStart"u8))
        {
            Start(events);
        }
        else if (name.SequenceEqual("contentBlockStart"u8))
        {
            Start(events);
            JsonElement root = ProviderJson.Parse(data);
            if (root.ObjectOf("start") is { } start)
            {
                _blocks.Start(IndexOf(root), start, events);
            }
        }
        else if (name.SequenceEqual("contentBlockStop"u8))
        {
            _blocks.Stop(IndexOf(ProviderJson.Parse(data)), events);
        }
        else if (name.SequenceEqual("messageStop"u8) && !_finished)
        {
            Start(events);
            _finished = true;
            _blocks.StopAll(events);
            events.Add(new StreamEvent.ResponseEnd(
                AwsConverseStopReason.Decode(ProviderJson.Parse(data))));
        }
        else if (name.SequenceEqual("metadata"u8))
        {
            TakeMetadata(ProviderJson.Parse(data), events);
        }
    }

    /// <summary>The last event; its usage comes behind the answer's end.</summary>
    private void TakeMetadata(JsonElement root, List<StreamEvent> events)
    {
        AwsConverseResponseDecoder.Report(root, losses);
        if (root.ObjectOf("usage") is { } usage)
        {
            events.Add(new StreamEvent.UsageKnown(AwsConverseUsage.Read(usage))
            {
                ServiceTier = AwsConverseUsage.Tier(root),
            });
        }

        Ended = _finished;
    }

    private void Start(List<StreamEvent> events)
    {
        if (!_started)
        {
            _started = true;
            events.Add(new StreamEvent.ResponseStart("", "", 0));
        }
    }

    private static int IndexOf(JsonElement root) =>
        root.ValueOf("contentBlockIndex") is { ValueKind: JsonValueKind.Number } value
        && value.TryGetInt32(out int index)
            ? index
            : 0;
}
