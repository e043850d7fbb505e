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
            int index = 0;
            foreach (ContentPart part in choice.Parts)
            {
                foreach (StreamEvent.PartEvent piece in Tell(index++, part))
                {
                    yield return piece with { Choice = choice.Index };
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

    /// <summary>One part, from its start to its end.</summary>
    internal static IEnumerable<StreamEvent.PartEvent> Tell(int index, ContentPart part)
    {
        yield return new StreamEvent.PartStart(index, Opening(part));
        if (Content(index, part) is { } content)
        {
            yield return content;
        }

        foreach (Citation citation in part is TextPart text ? text.Citations : [])
        {
            yield return new StreamEvent.CitationAdded(index, citation);
        }

        yield return new StreamEvent.PartEnd(index);
    }

    /// <summary>The part without what its deltas bring.</summary>
    private static ContentPart Opening(ContentPart part) => part switch
    {
        TextPart text => text with { Text = "", Citations = [] },
        RefusalPart refusal => refusal with { Text = "" },
        ReasoningPart reasoning => reasoning with { Text = "" },
        ToolCallPart call => call with { Arguments = "" },
        ServerToolCallPart call => call with { Arguments = "" },
        McpCallPart call => call with { Arguments = "" },
        ImagePart { Source: { Base64: not null } source } image => image with { Source = Empty(source) },
        AudioPart { Source: { Base64: not null } source } audio =>
            audio with { Source = Empty(source), Transcript = null, ExpiresAt = null },
        _ => part,
    };

    private static StreamEvent.PartEvent? Content(int index, ContentPart part) => part switch
    {
        TextPart { Text.Length: > 0 } text => new StreamEvent.TextDelta(index, text.Text),
        RefusalPart { Text.Length: > 0 } refusal => new StreamEvent.RefusalDelta(index, refusal.Text),
        ReasoningPart { Text.Length: > 0 } reasoning => new StreamEvent.ReasoningDelta(index, reasoning.Text),
        ToolCallPart { Arguments.Length: > 0 } call => new StreamEvent.ToolCallDelta(index, call.Arguments),
        ServerToolCallPart { Arguments.Length: > 0 } call => new StreamEvent.ToolCallDelta(index, call.Arguments),
        McpCallPart { Arguments.Length: > 0 } call => new StreamEvent.ToolCallDelta(index, call.Arguments),
        ImagePart { Source.Base64: { } data } => new StreamEvent.MediaDelta(index, data, null),
        AudioPart { Source.Base64: { } data } audio =>
            new StreamEvent.MediaDelta(index, data, audio.Transcript) { ExpiresAt = audio.ExpiresAt },
        _ => null,
    };

    private static MediaSource Empty(MediaSource source) => MediaSource.FromBase64("", source.MediaType);
}
