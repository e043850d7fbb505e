using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes an answer's parts as steps in pieces, each with its start, its deltas, its stop and its index.
/// </summary>
internal sealed class GoogleInteractionsSteps
{
    private readonly AnswerContext _context;
    private readonly GoogleInteractionsStepEvents _steps;
    private readonly GoogleInteractionsOutputStep _output;
    private readonly GoogleInteractionsRuns _runs;
    private readonly Dictionary<int, PartBuilder> _media = [];
    private readonly Dictionary<int, ReasoningPart> _thoughts = [];

    /// <summary>The step of each thought and call that is open, by its part.</summary>
    private readonly Dictionary<int, int> _indexes = [];

    public GoogleInteractionsSteps(GoogleInteractionsEvents events, AnswerContext context)
    {
        _context = context;
        _steps = new GoogleInteractionsStepEvents(events);
        _output = new GoogleInteractionsOutputStep(_steps, context);
        _runs = new GoogleInteractionsRuns(context);
    }

    public void Tell(StreamEvent.PartEvent piece, IBufferWriter<byte> output)
    {
        switch (piece)
        {
            case StreamEvent.PartStart start:
                Start(start, output);
                break;
            case StreamEvent.TextDelta text:
                _output.TellText(text.Text, output);
                break;
            case StreamEvent.RefusalDelta refusal:
                _output.TellText(refusal.Text, output);
                break;
            case StreamEvent.CitationAdded cited:
                _output.Cite(cited.Citation);
                break;
            case StreamEvent.ReasoningDelta thought
                when _thoughts.ContainsKey(thought.Index) && !_context.OmitReasoning:
                TellThought(_indexes[thought.Index], thought.Text, output);
                break;
            case StreamEvent.ToolCallDelta delta when _indexes.TryGetValue(delta.Index, out int index):
                _steps.Tell(index, "arguments_delta"u8, "arguments"u8, delta.Arguments, output);
                break;
            case StreamEvent.PartEnd end:
                End(end, output);
                break;
            case var media when _media.TryGetValue(media.Index, out PartBuilder? part):
                part.Add(media);
                break;
        }
    }

    /// <summary>The answer has ended: the step that still runs on ends here.</summary>
    public void Complete(IBufferWriter<byte> output) => _output.Close(output);

    private void Start(StreamEvent.PartStart start, IBufferWriter<byte> output)
    {
        switch (start.Part)
        {
            case TextPart or RefusalPart:
                _output.BeginText();
                break;
            case ImagePart or AudioPart:
                _media[start.Index] = new PartBuilder(start.Part);
                break;
            case ReasoningPart thought:
                _thoughts[start.Index] = thought;
                _indexes[start.Index] = StartThought(output);
                break;
            case ToolCallPart call:
                StartCall(start.Index, call, output);
                break;
            case McpCallPart run:
                TellRun(run, output);
                break;
            case McpResultPart result:
                TellResult(result, output);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleInteractions } own when GoogleInteractionsContent.Is(own):
                _output.TellWhole(own, output);
                break;
            case OpaquePart { Dialect: DialectIds.GoogleInteractions } own:
                TellWhole(own, output);
                break;
            default:
                _context.Losses.Add(start);
                break;
        }
    }

    private void StartCall(int part, ToolCallPart call, IBufferWriter<byte> output)
    {
        _output.Close(output);
        if (call.State is { } state)
        {
            TellState(state, output);
        }

        _indexes[part] = _steps.Count;
        Utf8JsonWriter writer = _steps.BeginStart(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function_call"u8);
        writer.WriteString("id"u8, call.CallId);
        writer.WriteString("name"u8, call.Name);
        writer.WriteStartObject("arguments"u8);
        writer.WriteEndObject();
        writer.WriteEndObject();
        _steps.End(writer, output);
    }

    private void End(StreamEvent.PartEnd end, IBufferWriter<byte> output)
    {
        if (_media.Remove(end.Index, out PartBuilder? media))
        {
            _output.TellMedia(media.Build(), output);
        }
        else if (_thoughts.Remove(end.Index, out ReasoningPart? thought))
        {
            _indexes.Remove(end.Index, out int index);
            if (GoogleInteractionsThought.Named(end.State ?? thought.State, thought.Id) is { } state)
            {
                _steps.TellSignature(index, state, output);
            }

            _steps.Stop(index, output);
        }
        else if (_indexes.Remove(end.Index, out int call))
        {
            _steps.Stop(call, output);
        }
        else
        {
            _output.EndText(output);
            if (end.State is { } state)
            {
                _output.Close(output);
                TellState(state, output);
            }
        }
    }

    private void TellThought(int index, string words, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = _steps.BeginDelta(index, output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "thought_summary"u8);
        writer.WriteStartObject("content"u8);
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, words);
        writer.WriteEndObject();
        writer.WriteEndObject();
        _steps.End(writer, output);
    }

    /// <summary>What a part's provider wants back: thinking without words.</summary>
    private void TellState(OpaqueState state, IBufferWriter<byte> output)
    {
        int index = StartThought(output);
        _steps.TellSignature(index, state, output);
        _steps.Stop(index, output);
    }

    /// <summary>
    /// A call of the gateway's is told when the model has made it, so all of it is known. It stands in the start, too,
    /// for clients that gather no deltas of such a step.
    /// </summary>
    private void TellRun(McpCallPart run, IBufferWriter<byte> output)
    {
        _output.Close(output);
        if (run.Made?.State is { } state)
        {
            TellState(state, output);
        }

        Utf8JsonWriter writer = _steps.BeginStart(output);
        _runs.WriteCall(writer, run);
        _steps.End(writer, output);
        writer = _steps.BeginDelta(_steps.Count - 1, output);
        GoogleInteractionsRuns.WriteCallDelta(writer, run);
        _steps.End(writer, output);
        _steps.Stop(_steps.Count - 1, output);
    }

    private void TellResult(McpResultPart result, IBufferWriter<byte> output)
    {
        _output.Close(output);
        Utf8JsonWriter writer = _steps.BeginStart(output);
        _runs.WriteResult(writer, result);
        _steps.End(writer, output);
        _steps.Stop(_steps.Count - 1, output);
    }

    private void TellWhole(OpaquePart step, IBufferWriter<byte> output)
    {
        _output.Close(output);
        Utf8JsonWriter writer = _steps.BeginStart(output);
        writer.WriteOnOneLine(step.Json);
        _steps.End(writer, output);
        _steps.Stop(_steps.Count - 1, output);
    }

    private int StartThought(IBufferWriter<byte> output)
    {
        _output.Close(output);
        return _steps.Start("thought"u8, output);
    }
}
