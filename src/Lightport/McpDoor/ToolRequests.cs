using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Rules;
using Lightport.Mcp;
using Lightport.Usage;

namespace Lightport.McpDoor;

/// <summary>
/// Makes a call of a server's tool a request of its caller's, as one to a model is: limits hold it, and who made it,
/// what it cost and how it ended are in the log, usage, a receipt and the audit.
/// </summary>
internal sealed class ToolRequests(
    ServerTools servers,
    LimitKeeper limits,
    KeySpend spend,
    UsageMeter meter,
    AuditStream audit,
    IGatewayConfigurationSource configuration)
{
    /// <exception cref="GatewayException">A limit refuses it, and the tool was not called.</exception>
    public async ValueTask<McpOutcome> CallAsync(
        ToolCall call, ServerTool tool, CancellationToken cancellationToken)
    {
        Exchange exchange = call.Exchange;
        GatewayConfiguration inForce = configuration.Current;
        exchange.Runs.Called = tool.Name;
        try
        {
            await limits.EnterAsync(exchange, inForce.Limits, inForce.Routing).ConfigureAwait(false);
            using RunBill bill = await RunBill
                .HoldAsync(exchange, tool.Offered.Price, cancellationToken)
                .ConfigureAwait(false);
            return await servers.CallAsync(call, tool, bill, cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            exchange.Error = e.Error;
            throw;
        }
        catch (OperationCanceledException)
        {
            exchange.Error = Gateway.Canceled;
            throw;
        }
        finally
        {
            exchange.Limits?.Settle();
            if (inForce.Routing.Rules.ReadsSpend)
            {
                spend.Add(exchange);
            }

            UsageRecord record = exchange.ToRecord();
            meter.Record(record);
            audit.Take(record, ReadOnlyMemory<byte>.Empty);
        }
    }
}
