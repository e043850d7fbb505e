using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Reads the facts of a whole answer that passes through, and mends what a loosely spoken one breaks.
/// </summary>
internal static class OpenAIChatBodyReader
{
    public static PassthroughBody Read(
        ReadOnlyMemory<byte> body, OpenAIChatPassing options, OpenAIChatAnswerShape shape)
    {
        try
        {
            ReadOnlySpan<byte> data = body.Span.Trim(" \r\n\t"u8);
            var chunk = OpenAIChatChunk.Scan(data, whole: true);
            if (chunk.HasError(data))
            {
                return Failed(body, OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Decode));
            }

            return chunk.Choices.Is(data, '[')
                ? Read(body, data, chunk, options, shape)
                : Failed(body, GatewayError.BadUpstream("The provider's answer has no choices."));
        }
        catch (JsonException)
        {
            return Failed(body, GatewayError.BadUpstream("The provider's answer is not valid JSON."));
        }
    }

    private static PassthroughBody Failed(ReadOnlyMemory<byte> body, GatewayError error) => new(body) { Error = error };

    private static PassthroughBody Read(
        ReadOnlyMemory<byte> body,
        ReadOnlySpan<byte> data,
        in OpenAIChatChunk chunk,
        OpenAIChatPassing options,
        OpenAIChatAnswerShape shape)
    {
        string id = chunk.Id.Text(data) ?? shape.IdPrefix + options.Response.RequestId;
        JsonSplice? splice = options.Exact ? null : new JsonSplice();
        OpenAIChatMessageMender? mender = splice is null ? null : new(splice, shape, options, id);
        TokenUsage? usage = chunk.HasUsage(data) ? OpenAIChatUsage.Read(chunk.Usage.In(data)) : null;
        UsageEstimator? estimator = usage is null ? new(options.Response.EstimatedPromptTokens) : null;
        FinishReason? finish = null;
        int place = 0;
        var choices = new OpenAIChatChunkChoices(data, chunk, whole: true);
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            string? word = choice.FinishReason.Text(data);
            if (OpenAIChatFinish.IsFailure(word))
            {
                return Failed(body, OpenAIChatFinish.Failure(word!, ErrorStage.Decode));
            }

            FinishReason read = OpenAIChatFinish.ReasonOf(word, HasCalls(data, choice));
            finish ??= read;
            if (estimator is not null)
            {
                choice.Measure(data, estimator);
            }

            mender?.Mend(data, choice, place++, read);
        }

        if (splice is not null)
        {
            MendTop(data, chunk, new OpenAIChatIdentity(data, chunk, options, shape, shape.Whole), splice);
        }

        return new PassthroughBody(splice is null or { IsEmpty: true } ? body : splice.Apply(data))
        {
            Usage = usage ?? estimator!.ToUsage(),
            Finish = finish,
            Id = chunk.Id.Text(data),
            Model = chunk.Model.Text(data),
            ServiceTier = chunk.ServiceTier.Text(data),
        };
    }

    private static void MendTop(
        ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, OpenAIChatIdentity identity, JsonSplice splice)
    {
        identity.Impose(data, chunk, splice);
        if (chunk.HasUsage(data) && OpenAIChatUsageMender.Mend(chunk.Usage.In(data)) is { } usage)
        {
            splice.Replace(chunk.Usage, usage);
        }
    }

    private static bool HasCalls(ReadOnlySpan<byte> data, in OpenAIChatChunkChoice choice) =>
        OpenAIChatCallList.Is(data, choice.ToolCalls)
            ? choice.ToolCalls.In(data).Contains((byte)'{')
            : choice.FunctionCall.Is(data, '{');
}
