using System.Collections.Frozen;
using Lightport.Admission.Identity;
using Lightport.Audit;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Storage;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Management;

/// <summary>Admits whoever runs the gateway, and leads each request to what answers it.</summary>
internal sealed class ManagementDesk
{
    private readonly AdminKeeper _keeper;
    private readonly MetricsDoor _metrics;
    private readonly AuditStream _audit;
    private readonly ILogger<ManagementDesk> _logger;
    private readonly FrozenDictionary<GatewayEndpoint, ManagementDoor> _doors;

    public ManagementDesk(
        AdminKeeper keeper,
        ConfigurationDoors configuration,
        KeyDoors keys,
        UsageDoor usage,
        RequestDoor requests,
        PricesDoor prices,
        McpServersDoor mcp,
        ExplainDoor explain,
        HealthDoor health,
        MetricsDoor metrics,
        AuditStream audit,
        ILogger<ManagementDesk> logger)
    {
        (_keeper, _metrics, _audit, _logger) = (keeper, metrics, audit, logger);
        _doors = new Dictionary<GatewayEndpoint, ManagementDoor>
        {
            [ManagementEndpoints.Config] = new(configuration.ReadAsync, "version"),
            [ManagementEndpoints.ConfigApply] = new(configuration.ApplyAsync, "dry-run", "note")
            {
                Needs = AdminRoles.Configuration,
            },
            [ManagementEndpoints.Versions] = new(configuration.ListAsync),
            [ManagementEndpoints.Rollback] = new(configuration.RollBackAsync, "dry-run", "note")
            {
                Needs = AdminRoles.Configuration,
            },
            [ManagementEndpoints.Keys] = new(keys.ListAsync, "limit", "after"),
            [ManagementEndpoints.KeyCreate] = new(keys.CreateAsync) { Needs = AdminRoles.Keys },
            [ManagementEndpoints.Key] = new(keys.ReadAsync),
            [ManagementEndpoints.KeyChange] = new(keys.ChangeAsync) { Needs = AdminRoles.Keys },
            [ManagementEndpoints.KeyRemove] = new(keys.RemoveAsync) { Needs = AdminRoles.Keys },
            [ManagementEndpoints.KeyRotate] = new(keys.RotateAsync) { Needs = AdminRoles.Keys },
            [ManagementEndpoints.Usage] = new(usage.ReadAsync, UsageDoor.Parameters),
            [ManagementEndpoints.RequestReceipt] = new(requests.ReadAsync),
            [ManagementEndpoints.Prices] = new(prices.ReadAsync, "model", "at"),
            [ManagementEndpoints.McpServers] = new(mcp.ReadAsync),
            [ManagementEndpoints.McpApprove] = new(mcp.ApproveAsync) { Needs = AdminRoles.Configuration },
            [ManagementEndpoints.Explain] = new(explain.ExplainAsync, "path", "key"),
            [ManagementEndpoints.Health] = new(health.ReadAsync),
            [ManagementEndpoints.OpenApi] = new(OpenApiDocument.ReadAsync),
            [ManagementEndpoints.Metrics] = new(metrics.AnswerAsync),
        }.ToFrozenDictionary();
    }

    /// <summary>Answers, and leaves one line in the log: who did what, and what came of it.</summary>
    /// <exception cref="GatewayException">Whatever is wrong, as a status and a code.</exception>
    public async ValueTask AnswerAsync(Exchange exchange)
    {
        var call = new ManagementCall(exchange);
        string? author = null;
        try
        {
            ManagementDoor door = _doors[exchange.Endpoint];
            if (await _metrics.AdmitsAsync(call).ConfigureAwait(false))
            {
                // A scraper comes every few seconds: a line each would fill the log.
                await AnswerAsync(door, call).ConfigureAwait(false);
                return;
            }

            call.Admin = await _keeper.AdmitAsync(call.Request, call.Aborted).ConfigureAwait(false);

            // Before the role is looked at: who is refused for it stands in the audit too.
            author = call.Note.Author;
            AdminKeeper.Check(call.Admin, door.Needs);
            await AnswerAsync(door, call).ConfigureAwait(false);
            _logger.Managed(
                exchange.RequestId,
                exchange.Endpoint.Name,
                LogWord.Of(author)!,
                exchange.Context.Response.StatusCode,
                call.Changed ?? "nothing");
            _audit.Take(
                exchange.RequestId,
                exchange.Endpoint.Name,
                author,
                exchange.Context.Response.StatusCode,
                call.Changed);
        }
        catch (GatewayException e)
        {
            _logger.NotManaged(exchange.RequestId, exchange.Endpoint.Name, e.Error.Status, e.Error.Code);
            _audit.Take(
                exchange.RequestId,
                exchange.Endpoint.Name,
                author,
                e.Error.Status,
                refusedBy: e.Error.Code ?? e.Error.Kind.ToString());
            throw;
        }
    }

    private static async ValueTask AnswerAsync(ManagementDoor door, ManagementCall call)
    {
        call.RefuseUnknown(door.Query);
        try
        {
            await door.Answer(call).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            throw new GatewayException(Error(e), e);
        }
    }

    /// <summary>Whoever manages the gateway is told what its log says too.</summary>
    private static GatewayError Error(StoreException e) => e.Failure switch
    {
        StoreFailure.Conflict => Of(ErrorKind.InvalidRequest, StatusCodes.Status409Conflict, "conflict", e),
        StoreFailure.ReadOnly => Of(ErrorKind.InvalidRequest, StatusCodes.Status409Conflict, "read_only", e),
        StoreFailure.Damaged => Of(ErrorKind.Internal, StatusCodes.Status500InternalServerError, "store_damaged", e),
        _ => Of(ErrorKind.Overloaded, StatusCodes.Status503ServiceUnavailable, "store_unavailable", e),
    };

    private static GatewayError Of(ErrorKind kind, int status, string code, StoreException e) =>
        new(ErrorStage.Request, kind, status, e.Message) { Code = code };
}
