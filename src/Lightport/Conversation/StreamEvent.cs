using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>
/// A piece of an answer. Order: one start; then parts, each told by its deltas; usage anywhere; one end a choice, or
/// one failure. Deltas of the same kind belong together until another kind, or <see cref="PartEnd"/>, comes between.
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

    public sealed record TextDelta(string Text) : StreamEvent;

    public sealed record RefusalDelta(string Text) : StreamEvent;

    public sealed record ReasoningDelta(string Text) : StreamEvent;

    /// <summary>Closes a reasoning part with what the provider needs back; alone, it is a redacted part.</summary>
    public sealed record ReasoningSealed(OpaqueState State) : StreamEvent;

    /// <param name="Index">Counts the calls of this choice from 0.</param>
    public sealed record ToolCallStart(int Index, string Id, string Name) : StreamEvent
    {
        public ToolKind Kind { get; init; } = ToolKind.Function;

        public OpaqueState? State { get; init; }
    }

    /// <summary>More of the arguments' text. Deltas of several calls may interleave.</summary>
    public sealed record ToolCallDelta(int Index, string Arguments) : StreamEvent;

    public sealed record ToolCallEnd(int Index) : StreamEvent;

    /// <summary>Belongs to the text that is being told.</summary>
    public sealed record CitationAdded(Citation Citation) : StreamEvent;

    public sealed record OpaqueAdded(OpaquePart Part) : StreamEvent;

    /// <summary>More of the answer's sound, of its words, or of both.</summary>
    /// <param name="Id">The provider's handle on the audio, told once or with each piece.</param>
    /// <param name="Data">Base64, each piece encoded by itself.</param>
    /// <param name="Transcript">The words of it.</param>
    /// <param name="ExpiresAt">When the handle ends, in seconds since 1970-01-01T00:00:00Z.</param>
    public sealed record AudioDelta(string? Id, string? Data, string? Transcript, long? ExpiresAt) : StreamEvent;

    /// <param name="Content">Chat's <c>logprobs</c> object for the text of this chunk.</param>
    public sealed record LogprobsDelta(JsonElement Content) : StreamEvent;

    /// <summary>
    /// The text or reasoning being told is complete; what follows is another part, even of the same kind.
    /// </summary>
    public sealed record PartEnd : StreamEvent;

    /// <summary>What has been counted so far. A later one replaces it.</summary>
    public sealed record UsageKnown(TokenUsage Usage) : StreamEvent;

    public sealed record ResponseEnd(Finish Finish) : StreamEvent;

    /// <summary>The answer breaks off here.</summary>
    public sealed record Failed(GatewayError Error) : StreamEvent;
}
