using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration;
using Lightport.Exchanges;
using Lightport.Mcp;

namespace Lightport.McpDoor;

/// <summary>For whom servers are asked that a client of the gateway's own server asks for something.</summary>
internal sealed class ServerCallers(IGatewayConfigurationSource configuration)
{
    private const string Anonymous = "anonymous";

    /// <summary>A token is the caller's own, and is exchanged for a server's where that asks for it.</summary>
    public McpCaller Of(Exchange exchange)
    {
        ReadOnlySpan<char> shown = KeyReader.ReadHeaders(exchange.Context.Request);
        bool isToken = configuration.Current.Admission.Identity is not null && TokenParts.IsShapedAsOne(shown);
        return new McpCaller(exchange.Caller!.KeyId ?? Anonymous, exchange.RequestId)
        {
            UserToken = isToken ? shown.ToString() : null,
        };
    }
}
