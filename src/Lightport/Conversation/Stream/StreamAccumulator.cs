namespace Lightport.Conversation;

/// <summary>Folds stream events into the whole answer that the same provider would have given unstreamed.</summary>
public sealed class StreamAccumulator
{
    private readonly SortedDictionary<int, ChoiceBuilder> _choices = [];
    private readonly List<RunReport> _runs = [];
    private string _id = "";
    private string _model = "";
    private long _created;
    private string? _serviceTier;
    private TokenUsage? _usage;

    /// <summary>Set when the stream broke off; what came before is still in <see cref="ToResponse"/>.</summary>
    public GatewayError? Error { get; private set; }

    public void Add(StreamEvent streamEvent)
    {
        switch (streamEvent)
        {
            // A later source goes on with the answer that an earlier one began.
            case StreamEvent.ResponseStart when _choices.Count > 0:
                break;
            case StreamEvent.ResponseStart start:
                (_id, _model, _created) = (start.Id, start.Model, start.Created);
                _serviceTier = start.ServiceTier;
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                _serviceTier = known.ServiceTier ?? _serviceTier;
                break;
            case StreamEvent.RunTold told:
                _runs.RemoveAll(run => run.CallId == told.Run.CallId && run.Round == told.Run.Round);
                _runs.Add(told.Run);
                break;
            case StreamEvent.Failed failed:
                Error = failed.Error;
                break;
            default:
                Choice(streamEvent.Choice).Add(streamEvent);
                break;
        }
    }

    public ChatResponse ToResponse() => new()
    {
        Id = _id,
        Model = _model,
        Created = _created,
        Choices = [.. _choices.Select(pair => pair.Value.Build(pair.Key))],
        Usage = _usage,
        ServiceTier = _serviceTier,
        Runs = [.. _runs],
    };

    private ChoiceBuilder Choice(int index)
    {
        if (!_choices.TryGetValue(index, out ChoiceBuilder? choice))
        {
            _choices.Add(index, choice = new ChoiceBuilder());
        }

        return choice;
    }

    private sealed class ChoiceBuilder
    {
        private readonly SortedDictionary<int, PartBuilder> _parts = [];
        private readonly List<ChoiceLogprobs> _logprobs = [];
        private Finish _finish = new(FinishReason.Stop);

        public void Add(StreamEvent streamEvent)
        {
            switch (streamEvent)
            {
                case StreamEvent.PartStart start:
                    _parts[start.Index] = new PartBuilder(start.Part);
                    break;
                case StreamEvent.PartEvent piece:
                    _parts[piece.Index].Add(piece);
                    break;
                case StreamEvent.LogprobsDelta logprobs:
                    _logprobs.Add(logprobs.Logprobs);
                    break;
                case StreamEvent.ResponseEnd end:
                    _finish = end.Finish;
                    break;
            }
        }

        public ChatChoice Build(int index) =>
            new(index, [.. _parts.Values.Select(part => part.Build())], _finish)
            {
                Logprobs = ChoiceLogprobs.Join(_logprobs),
            };
    }
}
