using System.Buffers;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.PathChat;

/// <summary>Hands elements on as they are, and reads the facts of each beside it.</summary>
internal sealed class PathChatRelay(long promptTokens) : AnswerRelay(promptTokens)
{
    private bool _closed;

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        output.Write(frame.Raw);
        JsonNode? piece = PathChatWire.Parse(frame.Data);
        Error = piece is null
            ? GatewayError.BadUpstream("An element is no JSON.", ErrorStage.Stream)
            : PathChatWire.ReadFault(piece, ErrorStage.Stream);
        ResponseId ??= (string?)piece?["id"];
        ResponseModel ??= (string?)piece?["model"];
        HasContent |= piece?["say"] is not null || piece?["call"] is not null || piece?["end"] is not null;
        Estimator.AddSpoken(((string?)piece?["say"])?.Length ?? 0);
        if ((string?)piece?["end"] is { } end)
        {
            (Finish, Ended) = (PathChatWire.End(end).Reason, true);
            Usage = PathChatWire.Used(piece["used"]) ?? Estimator.ToUsage();
        }
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        ChatResponse response = PathChatAnswer.Read(body);
        (ResponseId, ResponseModel, Finish) = (response.Id, response.Model, response.Choices[0].Finish.Reason);
        Usage = response.Usage ?? UsageEstimator.Estimate(response, Estimator.PromptTokens);
        HasContent = Ended = true;
        return body;
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            Fail(GatewayError.BadUpstream("The array ended before the answer did.", ErrorStage.Stream), output);
        }

        Close(output);
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            Error = error;
            output.Write(","u8);
            PathChatWire.Write(PathChatWire.Fault(error), output);
        }

        Close(output);
    }

    private void Close(IBufferWriter<byte> output)
    {
        if (!_closed)
        {
            _closed = true;
            output.Write("]"u8);
        }
    }
}
