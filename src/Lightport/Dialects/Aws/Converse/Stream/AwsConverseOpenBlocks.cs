using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// The content blocks of a streamed answer that have begun and not ended: calls, results and pictures by their start,
/// text and thinking by their first delta.
/// </summary>
internal sealed class AwsConverseOpenBlocks
{
    private readonly AnswerParts _parts = new(choice: 0);
    private readonly Dictionary<int, AwsConverseOpenBlock> _open = [];
    private int _running = -1;
    private string _signature = "";

    public void Start(int index, JsonElement start, List<StreamEvent> events)
    {
        if (start.ObjectOf("toolUse") is { } use)
        {
            _open[index] = new AwsConverseOpenBlock(_parts.Begin(AwsConverseBlocks.Call(use, ""), events), use);
        }
        else if (start.ObjectOf("image") is { } image)
        {
            _open[index] = new AwsConverseOpenBlock(_parts.Begin(AwsConverseBlocks.Image(image), events), image);
        }
        else if (start.ObjectOf("toolResult") is { } result)
        {
            _open[index] = new AwsConverseOpenBlock(AwsConverseOpenBlock.NoPart, result) { Content = [] };
        }
    }

    public void Add(in AwsConverseDelta delta, List<StreamEvent> events)
    {
        if (delta.Kind.SequenceEqual("text"u8))
        {
            Tell(delta.Index, delta.Text(default), events);
        }
        else if (delta.Kind.SequenceEqual("toolUse"u8))
        {
            TellArguments(delta.Index, delta.Text("input"u8), events);
        }
        else if (delta.Kind.SequenceEqual("reasoningContent"u8))
        {
            Think(delta, events);
        }
        else if (delta.Kind.SequenceEqual("citation"u8))
        {
            Run(delta.Index, events);
            _parts.Cite(AwsConverseCitations.Decode(ProviderJson.Parse(delta.Value)), events);
        }
        else if (delta.Kind.SequenceEqual("image"u8) && _open.TryGetValue(delta.Index, out AwsConverseOpenBlock? image))
        {
            string? bytes = ProviderJson.Parse(delta.Value).ObjectOf("source")?.TextOf("bytes");
            _parts.Tell(new StreamEvent.MediaDelta(image.Part, bytes, null), events);
        }
        else if (delta.Kind.SequenceEqual("toolResult"u8)
            && _open.TryGetValue(delta.Index, out AwsConverseOpenBlock? result))
        {
            result.AddContent(delta.Value);
        }
    }

    public void Stop(int index, List<StreamEvent> events)
    {
        if (!_open.Remove(index, out AwsConverseOpenBlock? block))
        {
            EndRunning(events);
        }
        else if (block.Content is not null)
        {
            _parts.Add(AwsConverseBlocks.Result(block.Whole()), events);
        }
        else
        {
            if (block is { HasInput: false, IsCall: true })
            {
                _parts.TellArguments(block.Part, "{}", events);
            }

            _parts.End(block.Part, events);
        }
    }

    /// <summary>The answer's end ends what was left open.</summary>
    public void StopAll(List<StreamEvent> events)
    {
        foreach (int index in _open.Keys.Order().ToArray())
        {
            Stop(index, events);
        }

        EndRunning(events);
    }

    private void Tell(int index, string? text, List<StreamEvent> events)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Run(index, events);
            _parts.TellText(text, events);
        }
    }

    private void TellArguments(int index, string? input, List<StreamEvent> events)
    {
        if (!string.IsNullOrEmpty(input) && _open.TryGetValue(index, out AwsConverseOpenBlock? block))
        {
            block.HasInput = true;
            _parts.TellArguments(block.Part, input, events);
        }
    }

    private void Think(in AwsConverseDelta delta, List<StreamEvent> events)
    {
        if (delta.Text("text"u8) is { Length: > 0 } text)
        {
            Run(delta.Index, events);
            _parts.TellReasoning(text, events);
        }
        else if (delta.Text("signature"u8) is { } signature)
        {
            Run(delta.Index, events);
            _signature += signature;
        }
        else if (delta.Text("redactedContent"u8) is { } redacted)
        {
            EndRunning(events);
            _parts.Add(new ReasoningPart("") { State = AwsConverseReasoning.Redacted(redacted) }, events);
        }
    }

    /// <summary>Another block's text or thinking ends the one before it.</summary>
    private void Run(int index, List<StreamEvent> events)
    {
        if (_running != index)
        {
            EndRunning(events);
            _running = index;
        }
    }

    private void EndRunning(List<StreamEvent> events)
    {
        if (AwsConverseReasoning.Signature(_signature) is { } state)
        {
            _parts.Seal(state, events);
        }

        _parts.EndRunning(events);
        (_running, _signature) = (-1, "");
    }
}
