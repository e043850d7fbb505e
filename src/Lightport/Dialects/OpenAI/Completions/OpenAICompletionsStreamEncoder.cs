using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Writes the text of a streamed answer as completion chunks.</summary>
internal sealed class OpenAICompletionsStreamEncoder(AnswerContext context) : IAnswerEncoder
{
    private readonly SseFrameWriter _frames = new();
    private readonly SortedSet<int> _open = [];
    private readonly HashSet<int> _refused = [];
    private StreamEvent.ResponseStart _start = new("", "", 0);
    private TokenUsage? _usage;
    private bool _started;
    private bool _failed;

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            // What has begun goes on under its first name, whichever source comes next.
            case StreamEvent.ResponseStart start when !_started:
                _start = start;
                break;
            case StreamEvent.ResponseStart:
                break;
            case StreamEvent.TextDelta text:
                _open.Add(text.Choice);
                WriteChoice(text.Choice, text.Text, null, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                _open.Add(refusal.Choice);
                _refused.Add(refusal.Choice);
                WriteChoice(refusal.Choice, refusal.Text, null, output);
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                break;
            case StreamEvent.ResponseEnd end:
                _open.Remove(end.Choice);
                string word = OpenAICompletionsResponseEncoder.Word(end.Finish, _refused.Contains(end.Choice));
                WriteChoice(end.Choice, "", word, output);
                break;
            case StreamEvent.Failed failed:
                _failed = true;
                OpenAIChatErrors.WriteFrame(failed.Error, output);
                break;
            default:
                context.Losses.Add(streamEvent);
                break;
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        foreach (int choice in _open)
        {
            WriteChoice(choice, "", "stop", output);
        }

        WriteUsage(output);
        output.Write(OpenAIChatWire.Done);
    }

    private void WriteChoice(int choice, string text, string? finish, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = Begin(output);
        writer.WriteStartObject();
        writer.WriteString("text"u8, text);
        writer.WriteNumber("index"u8, choice);
        writer.WriteNull("logprobs"u8);
        writer.WriteString("finish_reason"u8, finish);
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (context.IncludeUsage)
        {
            writer.WriteNull("usage"u8);
        }

        writer.WriteEndObject();
        _frames.End(output);
    }

    private void WriteUsage(IBufferWriter<byte> output)
    {
        if (context.IncludeUsage && _usage is not null)
        {
            Utf8JsonWriter writer = Begin(output);
            writer.WriteEndArray();
            OpenAIChatUsage.Write(writer, _usage);
            writer.WriteEndObject();
            _frames.End(output);
        }
    }

    private Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        _started = true;
        Utf8JsonWriter writer = _frames.Begin([], output);
        writer.WriteStartObject();
        OpenAICompletionsResponseEncoder.WriteIdentity(writer, _start.Id, _start.Created, _start.Model, context);
        writer.WriteStartArray("choices"u8);
        return writer;
    }
}
