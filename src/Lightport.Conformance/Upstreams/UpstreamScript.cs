using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Wire;

namespace Lightport.Conformance.Upstreams;

/// <summary>
/// How a provider of one dialect reads a request, at its strictest, and writes the answers of the table. It is written
/// from the vendor's pages and knows no gateway.
/// </summary>
internal abstract class UpstreamScript
{
    /// <summary>The dialect's id.</summary>
    public abstract string Dialect { get; }

    /// <summary>Who makes the state of its thoughts: providers of one maker read each other's.</summary>
    public virtual string Maker => Dialect;

    /// <summary>The model's name at the provider.</summary>
    public abstract string Model { get; }

    /// <summary>What follows the host in the provider's base address, such as <c>/v1</c>.</summary>
    public abstract string Root { get; }

    /// <summary>The media type of a streamed answer.</summary>
    public virtual string StreamType => "text/event-stream";

    /// <summary>Whether its calls carry a state, though it was not asked to think.</summary>
    public virtual bool SignsCalls => false;

    /// <summary>Whether a tool's result can hold a picture; else the picture stands elsewhere.</summary>
    public virtual bool ResultsHoldPictures => true;

    /// <summary>How many frames of a streamed answer there are up to and with the first half of its text.</summary>
    public abstract int FramesToWords { get; }

    /// <summary>Whether a stream is asked for.</summary>
    public abstract bool IsStream(UpstreamRequest request);

    /// <summary>What this provider would answer with a 400; empty where it takes the request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="issued">The states that it has given out in this conversation.</param>
    public abstract IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued);

    /// <summary>All that the request says.</summary>
    public abstract IReadOnlyList<Fact> Hear(JsonObject body);

    /// <summary>The conversation, an item each, which a later request may only go on.</summary>
    public abstract IEnumerable<string> History(JsonObject body);

    /// <summary>A call's id as this vendor makes them.</summary>
    public abstract string CallId(int number);

    /// <summary>What it wants back to go on after an answer with reasoning, as it will be heard.</summary>
    public virtual string State(Answer answer, string issued) => issued;

    /// <summary>The classes of usage that the wire has.</summary>
    public virtual Usage Told(Usage usage) => usage;

    /// <summary>The answer in one body.</summary>
    public abstract JsonObject Whole(Reply reply);

    /// <summary>The answer in frames, as many as the wire makes of it.</summary>
    public abstract IEnumerable<byte[]> Frames(Reply reply);

    /// <summary>The body of an error.</summary>
    public abstract JsonObject Error(int status, string message);

    /// <summary>An error in place of a whole answer, under a 200.</summary>
    public virtual JsonObject ErrorInside(string message) => Error(500, message);

    /// <summary>An error as a frame in the middle of a stream.</summary>
    public virtual byte[] ErrorFrame(string message) => SseText.Data(Error(500, message));
}
