using System.Text.Json;
using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Transport.Body;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Lightport.Doors;

/// <summary>
/// The doors that no provider is behind: models, health, the welcome, the probes, and all that is no door.
/// </summary>
internal sealed class SmallDoors(
    IGatewayConfigurationSource configuration, GatewayHealth health, ILogger<Gateway> logger)
{
    public ValueTask AnswerAsync(Exchange exchange) => exchange.Endpoint.Kind switch
    {
        EndpointKind.ModelList => WriteAsync(
            exchange, writer => exchange.Family.WriteModels(writer, Names(exchange))),
        EndpointKind.Model => WriteModelAsync(exchange),
        EndpointKind.ProtectedResource => WriteResourceAsync(exchange),
        EndpointKind.Health => WriteHealthAsync(exchange),
        EndpointKind.Live => WriteAsync(exchange, WriteLive),
        EndpointKind.Welcome => WriteAsync(exchange, WriteWelcome),
        EndpointKind.Probe => ValueTask.CompletedTask,
        _ when CrossOrigin.IsGrantedPreflight(exchange.Context) => AnswerPreflight(exchange.Context.Response),
        _ => throw new GatewayException(NoDoor(exchange)),
    };

    private GatewayError NoDoor(Exchange exchange)
    {
        HttpRequest request = exchange.Context.Request;
        GatewayError error = WrongDoor.Error(request);
        GatewayLog.NoDoor(logger, error, exchange.RequestId, request.Method, request.Path.Value ?? "");
        return error;
    }

    private string[] Names(Exchange exchange)
    {
        ModelAllowList allowed = exchange.Caller!.Models;
        return [.. configuration.Current.Routing.ModelNames.Where(allowed.Allows)];
    }

    private ValueTask WriteModelAsync(Exchange exchange)
    {
        string name = exchange.Request.PathValue("id")!;
        return Router.Finds(exchange, name, configuration.Current.Routing)
            ? WriteAsync(exchange, writer => exchange.Family.WriteModel(writer, name))
            : throw new GatewayException(new GatewayError(
                ErrorStage.Routing,
                ErrorKind.NotFound,
                StatusCodes.Status404NotFound,
                "There is no model of this name. GET /v1/models lists those that there are.")
            {
                Param = "model",
                Code = "model_not_found",
            });
    }

    private ValueTask WriteResourceAsync(Exchange exchange)
    {
        IdentitySettings identity = configuration.Current.Admission.Identity ?? throw new GatewayException(
            new GatewayError(
                ErrorStage.Request,
                ErrorKind.NotFound,
                StatusCodes.Status404NotFound,
                "This gateway takes no tokens: come with a client key.")
            {
                Code = "no_issuer",
            });
        exchange.Context.Response.Headers.CacheControl = "no-store";
        return WriteAsync(exchange, writer => ProtectedResource.Write(writer, exchange, identity));
    }

    private static ValueTask AnswerPreflight(HttpResponse response)
    {
        CrossOrigin.AnswerPreflight(response);
        return ValueTask.CompletedTask;
    }

    private ValueTask WriteHealthAsync(Exchange exchange)
    {
        exchange.Context.Response.StatusCode =
            health.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return WriteAsync(exchange, WriteHealth);
    }

    private void WriteHealth(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("status", health.Status);
        writer.WriteString("version", GatewayHealth.Version);
        writer.WriteString("configuration", true switch
        {
            _ when configuration.InForce is null => "none",
            _ when configuration.LastError is null => "current",
            _ => "last good version",
        });
        writer.WriteNumber("models", configuration.InForce?.Routing.ModelNames.Count ?? 0);
        writer.WriteEndObject();
    }

    private static void WriteLive(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("status", "ok");
        writer.WriteEndObject();
    }

    private static bool IsShown(GatewayEndpoint endpoint) =>
        endpoint.Kind is not (EndpointKind.Unknown or EndpointKind.Probe or EndpointKind.Management);

    private static void WriteWelcome(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", "Lightport");
        writer.WriteString("version", GatewayHealth.Version);
        writer.WriteStartArray("endpoints");
        foreach (GatewayEndpoint endpoint in GatewayEndpoints.All.Where(IsShown))
        {
            writer.WriteStringValue($"{endpoint.Method} {endpoint.Path}");
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static async ValueTask WriteAsync(Exchange exchange, Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        HttpResponse response = exchange.Context.Response;
        response.ContentType = "application/json";
        response.ContentLength = buffer.Length;
        response.Headers["x-request-id"] = exchange.RequestId;
        await response.BodyWriter.WriteAsync(buffer.Written, exchange.Aborted).ConfigureAwait(false);
    }
}
