using Lightport.Dialects;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Prefix;

/// <summary>Where the clients of each dialect ask.</summary>
internal static class PrefixDoors
{
    /// <param name="streams">For a dialect whose body does not say so.</param>
    public static Task<ClientCall> SendAsync(
        TestGateway gateway, string dialect, string model, string request, bool streams) => dialect switch
    {
        DialectIds.OpenAIChat => gateway.SendAsync(GatewayEndpoints.ChatCompletions, request),
        DialectIds.OpenAIResponses => gateway.SendAsync(GatewayEndpoints.Responses, request),
        DialectIds.GoogleInteractions => gateway.SendAsync(GatewayEndpoints.Interactions, request),
        DialectIds.AnthropicMessages => gateway.SendAsync(GatewayEndpoints.Messages, request),
        _ when streams => gateway.StreamAsync(request, model),
        _ => gateway.GenerateAsync(request, model),
    };
}
