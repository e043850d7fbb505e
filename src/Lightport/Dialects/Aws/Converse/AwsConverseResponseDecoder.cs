using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Reads a whole answer. A provider's slips are forgiven; no answer at all is an error.</summary>
internal static class AwsConverseResponseDecoder
{
    /// <param name="losses">Told what no client's dialect has a word for.</param>
    /// <exception cref="GatewayException">It is no answer, or an error inside a success.</exception>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, AnswerLosses losses)
    {
        try
        {
            return Decode(ProviderJson.ParseAnswer(body.Span), body.Span, losses);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            throw ProviderJson.NotJson(malformed);
        }
    }

    /// <summary>What an answer holds beside its content, its end and its usage.</summary>
    public static void Report(JsonElement root, AnswerLosses losses)
    {
        if (root.ObjectOf("trace") is not null)
        {
            losses.Add("trace");
        }
    }

    private static ChatResponse Decode(JsonElement root, ReadOnlySpan<byte> body, AnswerLosses losses)
    {
        if (root.ObjectOf("output")?.ObjectOf("message") is not { } message)
        {
            // As gateways before AWS answer: the type of an error inside a success.
            throw new GatewayException(root.ObjectOf("Output") is null && root.TextOf("__type") is null
                ? GatewayError.BadUpstream("The provider's answer has no message.")
                : AwsErrors.InSuccess(body));
        }

        Report(root, losses);
        return new ChatResponse
        {
            Choices =
            [
                new ChatChoice(0, Parts(message), AwsConverseStopReason.Decode(root)),
            ],
            Usage = root.ObjectOf("usage") is { } usage ? AwsConverseUsage.Read(usage) : null,
            ServiceTier = AwsConverseUsage.Tier(root),
        };
    }

    private static List<ContentPart> Parts(JsonElement message)
    {
        var parts = new List<ContentPart>();
        foreach (JsonElement block in message.ItemsOf("content"))
        {
            if (AwsConverseBlocks.Decode(block) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }
}
