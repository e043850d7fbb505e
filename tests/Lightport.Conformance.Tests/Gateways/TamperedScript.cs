using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Facts;
using Lightport.Conformance.Upstreams;

namespace Lightport.Conformance.Tests.Gateways;

/// <summary>
/// A provider whose answers are changed on their way, as a gateway in between would: it hears as the true one does.
/// </summary>
internal sealed class TamperedScript(UpstreamScript provider) : UpstreamScript
{
    public Tampering Tampering { get; set; } = Tampering.None;

    /// <summary>The frames of the last streamed answer, all of them.</summary>
    public IReadOnlyList<byte[]> LastFrames { get; private set; } = [];

    public override string Dialect => provider.Dialect;

    public override string Maker => provider.Maker;

    public override string Model => provider.Model;

    public override string Root => provider.Root;

    public override string StreamType => provider.StreamType;

    public override bool SignsCalls => provider.SignsCalls;

    public override bool ResultsHoldPictures => provider.ResultsHoldPictures;

    public override int FramesToWords => provider.FramesToWords;

    public override bool IsStream(UpstreamRequest request) => provider.IsStream(request);

    public override IEnumerable<string> Complaints(UpstreamRequest request, IReadOnlyCollection<string> issued) =>
        provider.Complaints(request, issued);

    public override IReadOnlyList<Fact> Hear(JsonObject body) => provider.Hear(body);

    public override IEnumerable<string> History(JsonObject body) => provider.History(body);

    public override string CallId(int number) => provider.CallId(number);

    public override string State(Answer answer, string issued) => provider.State(answer, issued);

    public override Usage Told(Usage usage) => provider.Told(usage);

    public override JsonObject Whole(Reply reply)
    {
        JsonObject body = provider.Whole(Changed(reply));
        Tampering.Body?.Invoke(body);
        return body;
    }

    public override IEnumerable<byte[]> Frames(Reply reply)
    {
        LastFrames = [.. provider.Frames(Changed(reply))];
        return reply.Number == 0 && Tampering.Frames is { } change ? change(LastFrames) : LastFrames;
    }

    public override JsonObject Error(int status, string message)
    {
        // What it finds wrong with a request is its own to say.
        bool isScripted = message is UpstreamHost.BusyMessage or UpstreamHost.BrokenMessage;
        return isScripted
            ? (Tampering.ErrorDialect ?? provider).Error(status, Tampering.ErrorMessage ?? message)
            : provider.Error(status, message);
    }

    public override JsonObject ErrorInside(string message) =>
        Tampering.EndsWhatBroke ? provider.Whole(new Reply(new Answer { Text = "It was" }, 0, [], null))
            : provider.ErrorInside(Tampering.ErrorMessage ?? message);

    public override byte[] ErrorFrame(string message) =>
        Tampering.EndsWhatBroke ? [.. LastFrames.Skip(FramesToWords).SelectMany(frame => frame)]
            : Tampering.FallsSilent ? []
            : provider.ErrorFrame(Tampering.ErrorMessage ?? message);

    private Reply Changed(Reply reply) => Tampering.Reply?.Invoke(reply) ?? reply;
}
