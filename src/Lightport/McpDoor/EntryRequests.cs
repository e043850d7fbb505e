using Lightport.Conversation;
using Lightport.Enrichment.Rounds;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Mcp;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using McpException = Lightport.Mcp.McpException;

namespace Lightport.McpDoor;

/// <summary>
/// Asks a server for something beside its tools: a request of the caller's like a call of a tool, told in the same
/// places. The protocol knows no failed result here, so every failure is an error of it.
/// </summary>
internal sealed class EntryRequests(
    ServerRequests requests, ServerCallers callers, ToolReporter reporter, ILogger<EntryRequests> logger)
{
    /// <summary>The first of the codes that JSON-RPC leaves to servers.</summary>
    private const McpErrorCode ServerError = (McpErrorCode)(-32000);

    /// <param name="method">The protocol's word for what is asked; usage has it behind the server's label.</param>
    /// <param name="named">What is asked for, as the client knows it; the audit keeps a hash of it.</param>
    /// <param name="own">The same as the server knows it.</param>
    /// <exception cref="McpProtocolException">It is refused, or cannot be had; the message says why.</exception>
    public async ValueTask<T> AskAsync<T>(
        Exchange exchange,
        McpServer server,
        string method,
        string named,
        string own,
        Func<McpCaller, ValueTask<T>> ask,
        CancellationToken cancellationToken)
    {
        long begun = exchange.Clock.GetTimestamp();
        string called = $"{server.Label}:{method}";
        string outcome = "ok";
        try
        {
            return await requests
                .MakeAsync(
                    exchange,
                    called,
                    new CallFacts(server.Label, method, own, IsReadOnly: true),
                    price: 0,
                    _ => TellAsync(exchange, server, method, named, ask),
                    cancellationToken)
                .ConfigureAwait(false);
        }
        catch (GatewayException e)
        {
            outcome = "refused";
            throw Refused(e.Error.Bounded());
        }
        catch (McpException e)
        {
            outcome = "failed";
            throw Failed(exchange, e, named);
        }
        catch (Exception e)
        {
            outcome = e is OperationCanceledException ? "canceled" : "crashed";
            throw;
        }
        finally
        {
            logger.ToolCalled(
                exchange.RequestId,
                exchange.Caller!.ToString(),
                called,
                outcome,
                Math.Round(exchange.Clock.GetElapsedTime(begun).TotalMilliseconds, 2));
        }
    }

    /// <summary>There is nothing of that address, as the revision that the client speaks says it.</summary>
    public static McpProtocolException NoResource(Exchange exchange, string? address)
    {
        bool isNew = string.CompareOrdinal(
            exchange.Context.Request.Headers[McpEnvelope.VersionHeader].ToString(), McpEnvelope.Stateless) >= 0;
        return new McpProtocolException(
            "There is no resource of this address; resources/list and resources/templates/list have those that there "
            + "are.",
            isNew ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound)
        {
            Data = { ["uri"] = ShortText.Of(address ?? "", McpBounds.LongestAddress) },
        };
    }

    /// <summary>The gateway says no; of a limit, which and when to come again.</summary>
    public static McpProtocolException Refused(GatewayError error)
    {
        var refused = new McpProtocolException(
            error.Message, error.Status == StatusCodes.Status400BadRequest ? McpErrorCode.InvalidParams : ServerError);
        Add(refused, "code", error.Code);
        Add(refused, "limit", error.Quota);
        if (error.RetryAfter is { } wait)
        {
            refused.Data["retry_after_seconds"] = (long)Math.Ceiling(wait.TotalSeconds);
        }

        return refused;
    }

    private async ValueTask<T> TellAsync<T>(
        Exchange exchange, McpServer server, string method, string named, Func<McpCaller, ValueTask<T>> ask)
    {
        McpCaller caller = callers.Of(exchange);
        using ToolReport report = reporter.BeginOther(server.Label, method, named, caller);
        try
        {
            T answer = await ask(caller).ConfigureAwait(false);
            report.End(failure: null);
            return answer;
        }
        catch (McpException e)
        {
            report.End(e.Word);
            throw;
        }
    }

    /// <summary>A server's own error keeps its code where that says something to the client of what it asked.</summary>
    private static McpProtocolException Failed(Exchange exchange, McpException failure, string named)
    {
        switch (failure.InnerException)
        {
            case McpProtocolException { ErrorCode: McpErrorCode.ResourceNotFound }:
                return NoResource(exchange, named);
            case McpProtocolException { ErrorCode: McpErrorCode.InvalidParams }:
                return new McpProtocolException(failure.Message, failure, McpErrorCode.InvalidParams)
                {
                    // Revisions from 2026-07-28 on say so that there is no such resource.
                    Data = { ["uri"] = named },
                };
            default:
                var failed = new McpProtocolException(failure.Message, failure, ServerError);
                Add(failed, "code", failure.Word);
                return failed;
        }
    }

    private static void Add(McpProtocolException to, string name, string? value)
    {
        if (value is not null)
        {
            to.Data[name] = value;
        }
    }
}
