using System.Text.Json.Nodes;
using Lightport.Conformance.Cases;
using Lightport.Conformance.Upstreams;
using Lightport.Conformance.Upstreams.Converse;
using Lightport.Conformance.Upstreams.Gemini;
using Lightport.Conformance.Upstreams.Interactions;
using Lightport.Conformance.Upstreams.Responses;
using Microsoft.AspNetCore.Http;

namespace Lightport.EndToEnd.Upstream;

/// <summary>
/// The wires that fake providers speak by the conformance suite's scripts, at their strictest: a request that the
/// vendor would refuse is a 400 that says why.
/// </summary>
internal static class StrictWire
{
    /// <summary>The script of a wire; null for those that are written here.</summary>
    public static UpstreamScript? For(Wire wire, string model) => wire switch
    {
        Wire.Responses => new ResponsesUpstream(model),
        Wire.Gemini => new GeminiUpstream(model, alternates: false),
        Wire.Converse => new ConverseUpstream(model),
        Wire.Interactions => new InteractionsUpstream(model),
        _ => null,
    };

    /// <summary>What the vendor would refuse the request for; null where it takes it.</summary>
    public static string? Complaint(UpstreamCall call) =>
        call.Script?.Complaints(call.Request, [Scripts.Signature]).FirstOrDefault();

    public static async Task WriteAsync(UpstreamCall call, UpstreamScript script, ScriptedAnswer answer)
    {
        HttpResponse response = call.Context.Response;
        if (!call.Stream)
        {
            response.ContentType = "application/json";
            await response.WriteAsync(script.Whole(Reply(call, script, answer)).ToWire());
            return;
        }

        response.ContentType = script.StreamType;
        foreach (byte[] frame in Frames(call, script, answer))
        {
            await SendAsync(call, frame);
        }
    }

    public static IEnumerable<byte[]> Frames(UpstreamCall call, UpstreamScript script, ScriptedAnswer answer) =>
        script.Frames(Reply(call, script, answer));

    public static async Task SendAsync(UpstreamCall call, byte[] frame)
    {
        await call.Context.Response.Body.WriteAsync(frame, call.Context.RequestAborted);
        await call.Context.Response.Body.FlushAsync(call.Context.RequestAborted);
    }

    /// <summary>An answer with what its provider makes for it; each turn's items have ids of their own.</summary>
    private static Reply Reply(UpstreamCall call, UpstreamScript script, ScriptedAnswer answer)
    {
        ScriptedUsage usage = answer.Usage;
        var said = new Answer
        {
            Reasoning = answer.Reasoning,
            Text = answer.Text.Length == 0 ? null : answer.Text,
            Calls = [.. answer.Calls.Select(one => new Call(one.Name, JsonNode.Parse(one.Arguments)!.AsObject()))],
            Ending = answer.Truncated ? Ending.Length : answer.Calls.Count > 0 ? Ending.Calls : Ending.Stop,
            Usage = script.Told(
                new Usage(usage.Input + usage.CacheRead, usage.CacheRead, usage.Output, usage.Reasoning)),
        };
        bool isSigned = answer.Reasoning is not null || (script.SignsCalls && answer.Calls.Count > 0);
        return new Reply(
            said,
            call.ToolResults.Count,
            [.. answer.Calls.Select(one => one.Id)],
            isSigned ? script.State(said, answer.Signature ?? Scripts.Signature) : null);
    }
}
