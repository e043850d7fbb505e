using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// A state machine over the steps that one answer is told in, whole or in pieces. Both are read alike, so that they say
/// the same.
/// </summary>
internal sealed class GoogleInteractionsAnswerReader
{
    private readonly string _seed;
    private readonly AnswerParts _parts = new(choice: 0);
    private readonly GoogleInteractionsOutputReader _output;
    private readonly Dictionary<int, GoogleInteractionsOpenStep> _open = [];
    private int _calls;

    /// <param name="seed">What the ids of calls are made from where the provider gives none.</param>
    public GoogleInteractionsAnswerReader(string seed) =>
        (_seed, _output) = (seed, new GoogleInteractionsOutputReader(_parts));

    /// <summary>The client's tools are called.</summary>
    public bool HasCalls => _calls > 0;

    public void Begin(int index, JsonElement step, List<StreamEvent> events)
    {
        Stop(index, events);
        string type = step.TextOf("type") ?? "";
        switch (type)
        {
            case "model_output":
                _open[index] = new GoogleInteractionsOpenStep(type, step);
                foreach (JsonElement content in step.ItemsOf("content"))
                {
                    _output.Take(content, events);
                }

                break;
            case "thought":
                _output.End(events);
                _open[index] = new GoogleInteractionsOpenStep(type, step) { State = StateOf(step) };
                foreach (JsonElement piece in step.ItemsOf("summary"))
                {
                    TellThought(piece, events);
                }

                break;
            case "function_call":
                _open[index] = new GoogleInteractionsOpenStep(type, step) { Part = BeginCall(step, events) };
                break;
            case "user_input" or "function_result":
                // What was asked, told once more.
                break;
            default:
                _output.End(events);
                _open[index] = new GoogleInteractionsOpenStep(type, step);
                break;
        }
    }

    /// <summary>More of a step; what is of none that is open is passed over.</summary>
    public void Take(int index, ReadOnlySpan<byte> data, JsonSlice slice, List<StreamEvent> events)
    {
        if (!_open.TryGetValue(index, out GoogleInteractionsOpenStep? step) || !slice.Is(data, '{'))
        {
            return;
        }

        GoogleInteractionsDelta delta = GoogleInteractionsDelta.Read(data, slice);
        switch (step.Type)
        {
            case "model_output" when delta.Is(data, "text"u8):
                _output.TellText(delta.Text.Text(data), events);
                break;
            case "model_output":
                _output.Take(ProviderJson.Parse(slice.In(data)), events);
                break;
            case "thought":
                JsonElement piece = ProviderJson.Parse(slice.In(data));
                step.State = StateOf(piece) ?? step.State;
                TellThought(piece.ObjectOf("content") ?? default, events);
                break;
            case "function_call" when delta.Arguments.Text(data) is { } arguments:
                step.HasArguments = true;
                _parts.TellArguments(step.Part, arguments, events);
                break;
            case "function_call":
                break;
            default:
                step.Pieces.Add(ProviderJson.Parse(slice.In(data)));
                break;
        }
    }

    public void Stop(int index, List<StreamEvent> events)
    {
        if (!_open.Remove(index, out GoogleInteractionsOpenStep? step))
        {
            return;
        }

        switch (step.Type)
        {
            case "model_output":
                _output.End(events);
                break;
            case "thought" when step.State is { } state:
                _parts.Seal(state, events);
                break;
            case "thought":
                _parts.EndRunning(events);
                break;
            case "function_call":
                EndCall(step, events);
                break;
            default:
                _parts.Add(GoogleInteractionsServerSteps.Read(step), events);
                break;
        }
    }

    /// <summary>The answer is over: what its provider left open ends here.</summary>
    public void End(List<StreamEvent> events)
    {
        foreach (int index in _open.Keys.Order().ToArray())
        {
            Stop(index, events);
        }
    }

    private int BeginCall(JsonElement step, List<StreamEvent> events)
    {
        _output.End(events);
        string id = step.TextOf("id") is { Length: > 0 } given ? given : MadeCallId.Of(_seed, choice: 0, _calls);
        _calls++;
        return _parts.Begin(new ToolCallPart(id, step.TextOf("name") ?? "", "") { State = StateOf(step) }, events);
    }

    private void EndCall(GoogleInteractionsOpenStep step, List<StreamEvent> events)
    {
        if (!step.HasArguments)
        {
            string arguments = step.Json.ObjectOf("arguments") is { } said ? GoogleGeminiJson.OnOneLine(said) : "{}";
            _parts.TellArguments(step.Part, arguments, events);
        }

        _parts.End(step.Part, events);
    }

    private void TellThought(JsonElement piece, List<StreamEvent> events)
    {
        if (piece.TextOf("text") is { Length: > 0 } words)
        {
            _parts.TellReasoning(words, events);
        }
    }

    private static OpaqueState? StateOf(JsonElement owner) => owner.TextOf("signature") is { Length: > 0 } signature
        ? new OpaqueState(StateFormats.Interactions, signature)
        : null;
}
