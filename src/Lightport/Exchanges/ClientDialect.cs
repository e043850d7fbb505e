using Lightport.Dialects;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>Tells which dialect a client is to be answered in.</summary>
internal static class ClientDialect
{
    public static IServedDialect Of(GatewayEndpoint endpoint, HttpRequest request, DialectRegistry dialects)
    {
        string id = endpoint.Dialect ?? (IsAnthropic(request) ? DialectIds.AnthropicMessages : DialectIds.OpenAIChat);

        // A dialect that is only passed through has its family's errors.
        return dialects.FindServed(id) ?? dialects.Served(DialectIds.OpenAIChat);
    }

    public static bool IsAnthropic(HttpRequest request) =>
        request.Headers.ContainsKey("anthropic-version")
        || request.Path.StartsWithSegments("/v1/messages", StringComparison.Ordinal);

    public static bool IsGemini(HttpRequest request) => request.Headers.ContainsKey("x-goog-api-key");
}
