using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads a whole answer.</summary>
internal static class OpenAIResponsesResponseDecoder
{
    /// <param name="losses">Told of what a client of another dialect cannot be; null for one of this.</param>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, AnswerLosses? losses = null)
    {
        JsonElement root = ProviderJson.ParseAnswer(body.Span);
        if (OpenAIResponsesFailure.Of(root, ErrorStage.Decode) is { } failure)
        {
            throw new GatewayException(failure);
        }

        if (root.ValueOf("output") is not { ValueKind: JsonValueKind.Array } output)
        {
            throw GatewayException.BadUpstream("The provider's answer has no output.");
        }

        var parts = new List<ContentPart>();
        var logprobs = new List<ChoiceLogprobs>();
        var facts = new OpenAIResponsesOutputFacts(losses);
        var said = new OpenAIResponsesSaidText();
        foreach (JsonElement item in output.EnumerateArray())
        {
            facts.See(item);
            OpenAIResponsesItemReader.Read(item, said, parts);
            OpenAIResponsesItemReader.ReadLogprobs(item, logprobs);
        }

        return new ChatResponse
        {
            Id = root.TextOf("id") ?? "",
            Model = root.TextOf("model") ?? "",
            Created = OpenAIResponsesFinish.CreatedAt(root),
            Choices =
            [
                new ChatChoice(0, parts, OpenAIResponsesFinish.Of(root, facts.HasCalls))
                {
                    Logprobs = ChoiceLogprobs.Join(logprobs),
                },
            ],
            Usage = facts.UsageOf(root),
            ServiceTier = OpenAIResponsesFinish.TierOf(root),
        };
    }
}
