using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads a whole interaction: told and folded as its stream would be, so that both say the same.</summary>
internal static class GoogleInteractionsResponseDecoder
{
    /// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
    /// <exception cref="GatewayException">It is no answer, or an error inside a success.</exception>
    public static ChatResponse Decode(ReadOnlyMemory<byte> body, string requestId)
    {
        try
        {
            return Decode(ProviderJson.ParseAnswer(body.Span), requestId);
        }
        catch (InvalidOperationException malformed)
        {
            throw ProviderJson.NotJson(malformed);
        }
    }

    private static ChatResponse Decode(JsonElement interaction, string requestId)
    {
        if (GoogleInteractionsErrors.In(interaction, ErrorStage.Decode) is { } failure)
        {
            throw new GatewayException(failure);
        }

        if (interaction.ValueOf("steps") is null && interaction.TextOf("status") is null)
        {
            throw GatewayException.BadUpstream("The provider's answer has no steps.");
        }

        StreamEvent.ResponseStart start = GoogleInteractionsHeadReader.Start(interaction);
        var events = new List<StreamEvent> { start };
        var answer = new GoogleInteractionsAnswerReader(start.Id.Length > 0 ? start.Id : requestId);
        foreach ((int index, JsonElement step) in interaction.ItemsOf("steps").Index())
        {
            answer.Begin(index, step, events);
            answer.Stop(index, events);
        }

        if (GoogleInteractionsUsageReader.Of(interaction) is { } usage)
        {
            events.Add(new StreamEvent.UsageKnown(usage));
        }

        events.Add(new StreamEvent.ResponseEnd(GoogleInteractionsFinish.Of(interaction, answer.HasCalls)));
        var whole = new StreamAccumulator();
        events.ForEach(whole.Add);
        return whole.ToResponse();
    }
}
