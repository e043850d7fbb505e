using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>
/// Asks a model, by the whole journey of a chat completion: the caller's limits, rules, usage and audit are those of a
/// client that asks for it at that door.
/// </summary>
internal sealed class AskModelTool : IDoorTool
{
    private const string BrokenOff = "The model's answer broke off. Ask again.";

    /// <summary>What of an answer's headers is told with it: how it came.</summary>
    private static readonly (string Header, string Field)[] Told =
    [
        ("x-request-id", "request_id"),
        ("x-lightport-route", "route"),
        ("x-lightport-provider", "provider"),
        ("x-lightport-model", "model"),
    ];

    public Tool Description { get; } = new()
    {
        Name = "ask_model",
        Title = "Ask a model",
        Description = "Asks a model one question and gives its answer as text. It costs what the same request costs at "
            + "the gateway's other doors. list_models has the names.",
        InputSchema = JsonElement.Parse("""
            {
              "type": "object",
              "properties": {
                "model": { "type": "string", "description": "The model's name, as list_models has it." },
                "prompt": { "type": "string", "description": "The question." },
                "system": { "type": "string", "description": "How the model is to answer." },
                "max_tokens": { "type": "integer", "minimum": 1, "description": "The longest answer, in tokens." }
              },
              "required": ["model", "prompt"],
              "additionalProperties": false
            }
            """),
        Annotations = new() { ReadOnlyHint = true, IdempotentHint = false, OpenWorldHint = true },
    };

    public async ValueTask<CallToolResult> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        ToolArguments arguments = call.Arguments;
        arguments.RefuseOthers("model", "prompt", "system", "max_tokens");
        byte[] body = ChatBody.Write(
            arguments.Text("model"),
            arguments.Text("prompt"),
            arguments.OptionalText("system"),
            arguments.OptionalCount("max_tokens"),
            streams: call.Progress is not null);
        using var request = new InnerRequest(
            call.Exchange,
            GatewayEndpoints.ChatCompletions,
            body,
            QueryString.Empty,
            cancellationToken,
            call.Progress);
        await call.Journey(GatewayEndpoints.ChatCompletions, request.Context, CancellationToken.None)
            .ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return request.Answer.IsTooLong
            ? ToolResults.Failure($"The model's answer is longer than {InnerAnswer.MostBytes >> 20} MiB.")
            : request.Answer.Pieces is { } pieces && request.Context.Response.StatusCode == StatusCodes.Status200OK
                ? Read(request.Context.Response, pieces)
                : Read(request);
    }

    private static CallToolResult Read(HttpResponse response, StreamedAnswer pieces)
    {
        if (pieces.Error is { } error)
        {
            return ToolResults.Failure(error);
        }

        if (pieces.FinishReason is null)
        {
            return ToolResults.Failure(BrokenOff);
        }

        CallToolResult result = ToolResults.Text(pieces.Text);
        result.Meta = new JsonObject { ["lightport/answer"] = Facts(response, pieces.FinishReason, pieces.Usage) };
        return result;
    }

    /// <summary>
    /// An answer that broke off, for want of memory or of its provider, is no whole JSON; and one that is passed on as
    /// its provider wrote it may lack what every answer has, or have half a letter.
    /// </summary>
    private static CallToolResult Read(InnerRequest request)
    {
        try
        {
            return Read(request.Context.Response, JsonElement.Parse(request.Answer.Written.Span));
        }
        catch (JsonException)
        {
            return ToolResults.Failure(BrokenOff);
        }
        catch (Exception e) when (StreamedAnswer.IsOfReading(e))
        {
            return ToolResults.Failure(StreamedAnswer.Unreadable);
        }
    }

    private static CallToolResult Read(HttpResponse response, JsonElement answer)
    {
        if (response.StatusCode != StatusCodes.Status200OK)
        {
            return ToolResults.Failure(answer.GetProperty("error").GetProperty("message").GetString()!);
        }

        JsonElement choice = answer.GetProperty("choices")[0];
        JsonElement message = choice.GetProperty("message");
        string text = Text(message, "content") ?? Text(message, "refusal") ?? "";
        CallToolResult result = ToolResults.Text(text);
        bool hasUsage =
            answer.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object;
        result.Meta = new JsonObject
        {
            ["lightport/answer"] = Facts(
                response, Text(choice, "finish_reason"), hasUsage ? JsonObject.Create(usage) : null),
        };
        return result;
    }

    private static JsonObject Facts(HttpResponse response, string? finishReason, JsonObject? usage)
    {
        var facts = new JsonObject { ["finish_reason"] = finishReason };
        foreach ((string header, string field) in Told)
        {
            if (response.Headers.TryGetValue(header, out var value))
            {
                facts[field] = value.ToString();
            }
        }

        if (usage is not null)
        {
            facts["usage"] = usage;
        }

        return facts;
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
