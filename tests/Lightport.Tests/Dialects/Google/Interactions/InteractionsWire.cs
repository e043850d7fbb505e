using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Google.Interactions;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Google.Interactions;

/// <summary>Interactions read by their decoders alone.</summary>
internal static class InteractionsWire
{
    public static ChatResponse Whole(string body) =>
        GoogleInteractionsResponseDecoder.Decode(Encoding.UTF8.GetBytes(body), "req");

    /// <summary>What a stream of these events adds up to, and how it broke off where it did.</summary>
    public static (ChatResponse Response, GatewayError? Error) Folded(params string[] events)
    {
        var decoder = new GoogleInteractionsStreamDecoder("req");
        var told = new List<StreamEvent>();
        foreach (string one in events)
        {
            byte[] data = Encoding.UTF8.GetBytes(one);
            decoder.Decode(new Frame([], data, data), told);
        }

        decoder.Complete(told);
        Assert.True(decoder.Ended);
        var whole = new StreamAccumulator();
        told.ForEach(whole.Add);
        return (whole.ToResponse(), whole.Error);
    }
}
