using Lightport.Audit;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Exchanges.Rules;
using Lightport.Usage;

namespace Lightport.McpDoor;

/// <summary>
/// Makes what a client wants of a server behind the gateway a request of its own, as one to a model is: rules and
/// limits hold it, and who made it, what it cost and how it ended are in the log, usage, a receipt and the audit.
/// </summary>
internal sealed class ServerRequests(
    CallRules rules,
    LimitKeeper limits,
    KeySpend spend,
    UsageMeter meter,
    AuditStream audit,
    IGatewayConfigurationSource configuration)
{
    /// <param name="called">What is asked for, as usage names it.</param>
    /// <param name="call">The same, as rules may go by it.</param>
    /// <param name="price">What it costs in US dollars.</param>
    /// <exception cref="GatewayException">A rule or a limit refuses it, and nothing was asked.</exception>
    public async ValueTask<T> MakeAsync<T>(
        Exchange exchange,
        string called,
        CallFacts call,
        decimal price,
        Func<RunBill, ValueTask<T>> make,
        CancellationToken cancellationToken)
    {
        GatewayConfiguration inForce = configuration.Current;
        exchange.Runs.Called = called;
        try
        {
            rules.Check(exchange, inForce.CallRules, call);
            await limits.EnterAsync(exchange, inForce.Limits, inForce.Routing).ConfigureAwait(false);
            using RunBill bill = await RunBill
                .HoldAsync(exchange, price, cancellationToken)
                .ConfigureAwait(false);
            return await make(bill).ConfigureAwait(false);
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
