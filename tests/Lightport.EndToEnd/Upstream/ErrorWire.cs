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
        JsonObject body = call.Script?.Error(status, message) ?? Body(call.Wire, type, message, code);
        await call.Context.Response.WriteAsync(body.ToWire());
    }

    /// <summary>What tells Anthropic's SDK to send the whole history instead of a message thread.</summary>
    public static Task RefuseThreadAsync(UpstreamCall call)
    {
        JsonObject body = Body(call.Wire, "invalid_request_error", "no threads here");
        body["error"]!["details"] =
            new JsonObject { ["error_code"] = "thread_unsupported_request", ["unsupported"] = new JsonArray("thread") };
        call.Context.Response.StatusCode = 400;
        call.Context.Response.ContentType = "application/json";
        return call.Context.Response.WriteAsync(body.ToWire());
    }

    public static JsonObject Body(Wire wire, string type, string message, string? code = null)
    {
        JsonObject error = new() { ["type"] = type, ["message"] = message };
        if (wire == Wire.Anthropic)
        {
            return new() { ["type"] = "error", ["error"] = error };
        }

        (error["param"], error["code"]) = (null, code);
        return new() { ["error"] = error };
    }
}
