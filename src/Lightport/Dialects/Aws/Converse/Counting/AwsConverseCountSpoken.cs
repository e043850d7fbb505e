using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Counts as Bedrock is asked for them
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html): what Converse would be
/// asked, less what says how to answer.
/// </summary>
internal sealed class AwsConverseCountSpoken : ISpoken
{
    private static readonly string[] NotCounted =
    [
        "inferenceConfig", "outputConfig", "serviceTier", "requestMetadata", "guardrailConfig", "performanceConfig",
        "additionalModelResponseFieldPaths", "promptVariables",
    ];

    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        using var content = new PooledBuffer(context.SizeHint, context.Budget);
        AwsConverseRequestEncoder.Encode((ChatRequest)request, encoding, content);
        var patch = new BodyPatch(JsonEnvelope.Read(content.Written));
        Array.ForEach(NotCounted, field => patch.Remove(field));
        context.Amendment?.Apply(patch);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            buffer.Write("{\"input\":{\"converse\":"u8);
            buffer.Write(patch.Apply().ToArray());
            buffer.Write("}}"u8);
            return new AwsConverseCountCall(new BodySegments([buffer.Written]), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
