using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>A conversation that Bedrock was asked to go on with.</summary>
internal sealed class AwsConverseCall(BodySegments body, PooledBuffer memory) : Call(body, memory)
{
    /// <summary>What was said in other words than the client's.</summary>
    public required AnswerReading Reading { get; init; }

    /// <summary>Told what of the answer no client's dialect has a word for.</summary>
    public required AnswerLosses Losses { get; init; }

    public override Framing Framing => Framing.AwsEventStream;

    public override IAnswerDecoder CreateDecoder() => Reading.Restored(new AwsConverseStreamDecoder(Losses));

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) =>
        Reading.Restored(AwsConverseResponseDecoder.Decode(body, Losses));

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
        ReadError(status, static _ => null, body);

    public override GatewayError ReadError(int status, Func<string, string?> header, ReadOnlySpan<byte> body) =>
        AwsErrors.Read(status, header, body);
}
