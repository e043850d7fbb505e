using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>A provider's refusals, in its own words.</summary>
internal static class ErrorWire
{
    public static async Task WriteAsync(UpstreamCall call, int status, string type, string message, string? code = null)
    {
        call.Context.Response.StatusCode = status;
        call.Context.Response.ContentType = "application/json";
        await call.Context.Response.WriteAsync(Body(call.Wire, type, message, code).ToWire());
    }

    public static JsonObject Body(Wire wire, string type, string message, string? code = null) => wire == Wire.OpenAI
        ? new() { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = null, ["code"] = code } }
        : new() { ["type"] = "error", ["error"] = new JsonObject { ["type"] = type, ["message"] = message } };
}
