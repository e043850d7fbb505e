namespace Lightport.Conversation;

/// <summary>
/// A piece of an answer. Order: one start; then parts, each with its start, its deltas and its end, one after another
/// or several at a time; usage anywhere; one end a choice, or one failure.
/// </summary>
public abstract record StreamEvent
{
    /// <summary>Which answer of several this belongs to.</summary>
    public int Choice { get; init; }

    public sealed record ResponseStart(string Id, string Model, long Created) : StreamEvent
    {
        /// <summary>The tier that the provider served the answer in, where it says.</summary>
        public string? ServiceTier { get; init; }
    }

    /// <summary>A piece of one part.</summary>
    /// <param name="Index">The part: one counting for all parts of a choice, in the order of their starts.</param>
    public abstract record PartEvent(int Index) : StreamEvent;

    /// <summary>A part begins; what would be empty and without state is no part, and never begins.</summary>
    /// <param name="Part">
    /// What is known of it by now: kind, id, name, state. Text, arguments and media are empty, as deltas bring them; a
    /// part that comes in no pieces is whole.
    /// </param>
    public sealed record PartStart(int Index, ContentPart Part) : PartEvent(Index);

    public sealed record TextDelta(int Index, string Text) : PartEvent(Index);

    public sealed record RefusalDelta(int Index, string Text) : PartEvent(Index);

    public sealed record ReasoningDelta(int Index, string Text) : PartEvent(Index);

    /// <summary>More of a call's arguments.</summary>
    public sealed record ToolCallDelta(int Index, string Arguments) : PartEvent(Index);

    /// <summary>A source of the text told so far in this part, or of a span of it.</summary>
    public sealed record CitationAdded(int Index, Citation Citation) : PartEvent(Index);

    /// <summary>More of an image or of a sound, of its words, or of both.</summary>
    /// <param name="Data">Base64, each piece encoded by itself; null where it brings words alone.</param>
    /// <param name="Transcript">The words of it.</param>
    public sealed record MediaDelta(int Index, string? Data, string? Transcript) : PartEvent(Index)
    {
        /// <summary>When the handle on it ends, in seconds since 1970-01-01T00:00:00Z; null where not said.</summary>
        public long? ExpiresAt { get; init; }
    }

    /// <summary>The part is complete.</summary>
    public sealed record PartEnd(int Index) : PartEvent(Index)
    {
        /// <summary>The part's state, where it was not known at the start.</summary>
        public OpaqueState? State { get; init; }
    }

    /// <summary>How likely the next tokens of the choice were.</summary>
    public sealed record LogprobsDelta(ChoiceLogprobs Logprobs) : StreamEvent;

    /// <summary>How a run of the gateway's stands. A later one of the same call replaces it.</summary>
    public sealed record RunTold(RunReport Run) : StreamEvent;

    /// <summary>What has been counted so far. A later one replaces it.</summary>
    public sealed record UsageKnown(TokenUsage Usage) : StreamEvent
    {
        /// <summary>
        /// The tier, from providers that say it only with the counts; null where there is nothing new.
        /// </summary>
        public string? ServiceTier { get; init; }
    }

    public sealed record ResponseEnd(Finish Finish) : StreamEvent;

    /// <summary>An answer that came whole and goes whole: nothing else comes before or after.</summary>
    public sealed record Whole(ChatResponse Response) : StreamEvent;

    /// <summary>The answer breaks off here.</summary>
    public sealed record Failed(GatewayError Error) : StreamEvent;
}
