namespace Lightport.Conversation;

/// <summary>
/// Tells a whole answer as the events of a stream: what <see cref="StreamAccumulator"/> folds, unfolded.
/// </summary>
public static class ResponseReplay
{
    public static IEnumerable<StreamEvent> Events(ChatResponse response)
    {
        yield return new StreamEvent.ResponseStart(response.Id, response.Model, response.Created)
        {
            ServiceTier = response.ServiceTier,
        };
        foreach (ChatChoice choice in response.Choices)
        {
            int calls = 0;
            foreach (ContentPart part in choice.Parts)
            {
                int index = part is ToolCallPart ? calls++ : 0;
                foreach (StreamEvent streamEvent in Tell(part, index))
                {
                    yield return streamEvent with { Choice = choice.Index };
                }
            }

            if (choice.Logprobs is { } logprobs)
            {
                yield return new StreamEvent.LogprobsDelta(logprobs) { Choice = choice.Index };
            }

            yield return new StreamEvent.ResponseEnd(choice.Finish) { Choice = choice.Index };
        }

        if (response.Usage is { } usage)
        {
            yield return new StreamEvent.UsageKnown(usage);
        }
    }

    private static IEnumerable<StreamEvent> Tell(ContentPart part, int callIndex) => part switch
    {
        TextPart text =>
        [
            new StreamEvent.TextDelta(text.Text),
            .. text.Citations.Select(citation => new StreamEvent.CitationAdded(citation)),
            new StreamEvent.PartEnd(),
        ],
        RefusalPart refusal => [new StreamEvent.RefusalDelta(refusal.Text), new StreamEvent.PartEnd()],
        ReasoningPart { State: { } state } reasoning =>
            reasoning.Text.Length == 0
                ? [new StreamEvent.ReasoningSealed(state)]
                : [new StreamEvent.ReasoningDelta(reasoning.Text), new StreamEvent.ReasoningSealed(state)],
        ReasoningPart reasoning => [new StreamEvent.ReasoningDelta(reasoning.Text), new StreamEvent.PartEnd()],
        ToolCallPart call =>
        [
            new StreamEvent.ToolCallStart(callIndex, call.Id, call.Name) { Kind = call.Kind, State = call.State },
            new StreamEvent.ToolCallDelta(callIndex, call.Arguments),
            new StreamEvent.ToolCallEnd(callIndex),
        ],
        AudioPart audio =>
            [new StreamEvent.AudioDelta(audio.Id, audio.Source.Base64, audio.Transcript, audio.ExpiresAt)],
        OpaquePart opaque => [new StreamEvent.OpaqueAdded(opaque)],
        _ => [],
    };
}
