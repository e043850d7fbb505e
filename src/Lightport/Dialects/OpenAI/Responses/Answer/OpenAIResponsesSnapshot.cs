using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The response object, at whatever point of its making
/// (https://platform.openai.com/docs/api-reference/responses/object, https://www.openresponses.org/specification).
/// </summary>
/// <param name="echo">What is repeated of the request.</param>
internal sealed class OpenAIResponsesSnapshot(AnswerContext context, OpenAIResponsesEcho echo)
{
    /// <summary>What the ids of the gateway's own answers begin with; no provider's do.</summary>
    public const string IdPrefix = "resp_req_";

    private readonly bool _isKept = context.CanKeep && echo.WantsToBeKept;

    private long? _completed;

    public bool WantsToBeKept => echo.WantsToBeKept;

    /// <summary>What the provider said of itself when it began.</summary>
    public StreamEvent.ResponseStart Start { get; set; } = new("", "", 0);

    /// <summary>Takes the tier, where the provider says it only with its counts; null where it does not.</summary>
    public void TakeTier(string? told) => Start = Start with { ServiceTier = told ?? Start.ServiceTier };

    /// <summary>What has been counted so far.</summary>
    public TokenUsage? Usage { get; set; }

    /// <summary>
    /// The answer's id is the gateway's own, since whoever asks for it again asks the gateway.
    /// </summary>
    public string Id { get; } = "resp_" + context.RequestId;

    /// <summary>Writes it while it is being made: nothing of the answer is in it yet.</summary>
    public void WriteBegun(Utf8JsonWriter writer) => Write(writer, "in_progress", [], finish: null, error: null);

    /// <summary>Writes it as it ends.</summary>
    public void WriteEnded(Utf8JsonWriter writer, IReadOnlyList<OpenAIResponsesItem> items, Finish finish) =>
        Write(writer, IncompleteReason(finish) is null ? "completed" : "incomplete", items, finish, error: null);

    /// <summary>The answer as it is to be kept; null where it is not.</summary>
    public KeptAnswer? Keep(IReadOnlyList<OpenAIResponsesItem> items, Finish finish)
    {
        if (!_isKept)
        {
            return null;
        }

        var answer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(answer, JsonSettings.Writing))
        {
            WriteEnded(writer, items, finish);
        }

        return new KeptAnswer(Id, echo.Items, Encoding.UTF8.GetString(answer.WrittenSpan));
    }

    /// <summary>Writes it as it breaks off.</summary>
    public void WriteFailed(
        Utf8JsonWriter writer, IReadOnlyList<OpenAIResponsesItem> items, GatewayError error) =>
        Write(writer, "failed", items, finish: null, error);

    /// <summary>Why the answer is not whole; null where it is.</summary>
    public static string? IncompleteReason(Finish finish) => finish.Reason switch
    {
        FinishReason.Length => "max_output_tokens",
        FinishReason.ContentFilter => "content_filter",
        _ => null,
    };

    private void Write(
        Utf8JsonWriter writer,
        string status,
        IReadOnlyList<OpenAIResponsesItem> items,
        Finish? finish,
        GatewayError? error)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("object"u8, "response"u8);
        writer.WriteNumber("created_at"u8, Start.Created > 0 ? Start.Created : context.Created);
        WriteCompleted(writer, status);
        writer.WriteString("status"u8, status);
        writer.WriteBoolean("background"u8, false);
        WriteError(writer, error);
        WriteIncomplete(writer, finish);
        writer.WriteString("model"u8, Start.Model.Length > 0 ? Start.Model : context.Model);
        writer.WriteStartArray("output"u8);
        foreach (OpenAIResponsesItem item in items)
        {
            item.Write(writer);
        }

        writer.WriteEndArray();
        echo.Write(writer);
        writer.WriteString("service_tier"u8, Start.ServiceTier ?? "default");
        writer.WriteBoolean("store"u8, _isKept);
        writer.WritePropertyName("usage"u8);
        if (status != "in_progress" && Usage is { } usage)
        {
            OpenAIResponsesUsage.WriteValue(writer, usage);
        }
        else
        {
            writer.WriteNullValue();
        }

        writer.WriteEndObject();
    }

    /// <summary>When it was completed; the same in all that tells of it.</summary>
    private void WriteCompleted(Utf8JsonWriter writer, string status)
    {
        if (status == "completed")
        {
            _completed ??= context.Clock.GetUtcNow().ToUnixTimeSeconds();
            writer.WriteNumber("completed_at"u8, _completed.Value);
        }
        else
        {
            writer.WriteNull("completed_at"u8);
        }
    }

    private static void WriteError(Utf8JsonWriter writer, GatewayError? error)
    {
        if (error is null)
        {
            writer.WriteNull("error"u8);
            return;
        }

        writer.WriteStartObject("error"u8);
        writer.WriteString("code"u8, OpenAIResponsesErrors.CodeOf(error));
        writer.WriteString("message"u8, error.Message);
        FailedAttempts.WriteTo(writer, error);
        writer.WriteEndObject();
    }

    /// <summary>
    /// Beside why it is not whole, in fields that clients pass over, the provider's own word for its end and what it
    /// says of it.
    /// </summary>
    private static void WriteIncomplete(Utf8JsonWriter writer, Finish? finish)
    {
        if (finish is not null && IncompleteReason(finish) is { } reason)
        {
            writer.WriteStartObject("incomplete_details"u8);
            writer.WriteString("reason"u8, reason);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("incomplete_details"u8);
        }

        if (finish?.Native is { } native)
        {
            writer.WriteString("native_finish_reason"u8, native);
        }

        if (finish?.StopSequence is { } sequence)
        {
            writer.WriteString("stop_sequence"u8, sequence);
        }

        if (finish?.Details is { } details)
        {
            writer.WritePropertyName("stop_details"u8);
            writer.WriteOnOneLine(details);
        }
    }
}
