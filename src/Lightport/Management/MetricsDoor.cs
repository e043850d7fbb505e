using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Telemetry;
using Lightport.Transport;
using Microsoft.AspNetCore.Http;

namespace Lightport.Management;

/// <summary>
/// Tells this process's metrics to a scraper: one that shows a token of its own, which opens no other door, or whoever
/// may read at all.
/// </summary>
internal sealed class MetricsDoor(ISecretSource secrets, PrometheusExport? export = null)
{
    /// <summary>The secret's name; in a vault <c>lightport-metrics-token</c>.</summary>
    public const string TokenSetting = "LIGHTPORT_METRICS_TOKEN";

    /// <summary>Whether a request comes to this door with the scraper's token.</summary>
    public async ValueTask<bool> AdmitsAsync(ManagementCall call)
    {
        if (call.Exchange.Endpoint != ManagementEndpoints.Metrics)
        {
            return false;
        }

        string presented = KeyReader.ReadHeaders(call.Request).ToString();
        string? token = presented.Length == 0 ? null : await TokenAsync(call.Aborted).ConfigureAwait(false);
        return token?.Length >= AdminKeeper.ShortestKey && KeyHash.Of(presented) == KeyHash.Of(token);
    }

    /// <exception cref="GatewayException">A 404 where metrics are not kept.</exception>
    public async ValueTask AnswerAsync(ManagementCall call)
    {
        if (export is null)
        {
            throw new GatewayException(new GatewayError(
                ErrorStage.Request,
                ErrorKind.NotFound,
                StatusCodes.Status404NotFound,
                $"Metrics are off. Set {GatewayTelemetryServices.ScrapingSetting} to on.")
            {
                Code = "metrics_off",
            });
        }

        call.AnswerEmpty(StatusCodes.Status200OK);
        await export.AnswerAsync(call.Exchange.Context).ConfigureAwait(false);
    }

    /// <summary>Null where there is none, or it cannot be had: the admin's key opens the door all the same.</summary>
    private async ValueTask<string?> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await secrets.GetAsync(TokenSetting, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretUnavailableException)
        {
            return null;
        }
    }
}
