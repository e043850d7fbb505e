using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using ModelContextProtocol;

namespace Lightport.McpDoor;

/// <summary>
/// Holds the lists of tools, resources and prompts to the caller's limits: each may ask servers, and writes all that
/// they list. It counts as a request and costs nothing.
/// </summary>
internal sealed class ListRequests(LimitKeeper limits, IGatewayConfigurationSource configuration)
{
    /// <exception cref="McpProtocolException">A limit refuses it; the error says which and when there is more.
    /// </exception>
    public async ValueTask<T> MakeAsync<T>(Exchange exchange, Func<ValueTask<T>> list)
    {
        GatewayConfiguration inForce = configuration.Current;
        try
        {
            await limits.EnterAsync(exchange, inForce.Limits, inForce.Routing).ConfigureAwait(false);
            return await list().ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            throw EntryRequests.Refused(e.Error.Bounded());
        }
        finally
        {
            exchange.Limits?.Settle();
        }
    }
}
