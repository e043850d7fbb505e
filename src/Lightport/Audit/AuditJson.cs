using System.Globalization;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Usage;

namespace Lightport.Audit;

/// <summary>Writes an event's own fields; the chain writes those around them.</summary>
internal static class AuditJson
{
    public static void Write(Utf8JsonWriter json, AuditEvent audited)
    {
        json.WriteString(AuditFields.At, audited.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        switch (audited)
        {
            case RequestAudited request:
                json.WriteString(AuditFields.Kind, "request");
                Write(json, request.Record);
                Text(json, "content", request.Content);
                break;
            case ManagementAudited management:
                json.WriteString(AuditFields.Kind, "management");
                Write(json, management);
                break;
            case ToolAudited run:
                json.WriteString(AuditFields.Kind, "tool");
                Write(json, run);
                break;
            case AuditBegun begun:
                json.WriteString(AuditFields.Kind, AuditFields.Start);
                json.WriteString("version", begun.Version);
                Text(json, AuditFields.Missing, begun.Missing);
                break;
            case AuditEnded ended:
                json.WriteString(AuditFields.Kind, AuditFields.End);
                json.WriteString("by", ended.ByConfiguration ? "configuration" : "stop");
                break;
            case AuditsLost lost:
                json.WriteString(AuditFields.Kind, "lost");
                json.WriteNumber("count", lost.Count);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, UsageRecord record)
    {
        (string decision, string? by) = Decide(record);
        json.WriteString("id", record.RequestId);
        json.WriteString("door", record.Endpoint);
        Text(json, "who", record.Key);
        Text(json, "key_id", record.KeyId);
        json.WriteString("decision", decision);
        Text(json, "by", by);
        json.WriteNumber("status", record.Status);
        Text(json, "asked_model", record.RequestedModel);
        Text(json, "tool", record.Tool);
        Text(json, "route", record.Route);
        Text(json, "rule", record.Rule);
        Text(json, "tag", record.Tag);
        Text(json, "limit", RefusedBy(record.Limits));
        Text(json, "provider", record.Provider);
        Text(json, "model", record.Model);
        json.WriteNumber("attempts", record.Attempts);
        if (record.AnswerUsage is { } usage)
        {
            json.WriteNumber("input_tokens", usage.Prompt);
            json.WriteNumber("output_tokens", usage.Completion);
        }

        if (record.AnswerCost?.Dollars is { } dollars)
        {
            json.WriteNumber("cost_usd", dollars);
        }
    }

    private static void Write(Utf8JsonWriter json, ManagementAudited act)
    {
        json.WriteString("id", act.RequestId);
        json.WriteString("door", act.Door);
        Text(json, "who", act.Author);
        json.WriteString("decision", act.RefusedBy is null ? "allowed" : "refused");
        Text(json, "by", act.RefusedBy);
        json.WriteNumber("status", act.Status);
        Text(json, "changed", act.Changed);
    }

    private static void Write(Utf8JsonWriter json, ToolAudited run)
    {
        json.WriteString("id", run.RequestId);
        json.WriteString("server", run.Server);
        json.WriteString("tool", run.Tool);
        json.WriteString("arguments_sha256", run.ArgumentsHash);
        json.WriteString("outcome", run.Outcome);
        json.WriteNumber("ms", Math.Round(run.Milliseconds, 2));
    }

    /// <summary>Where nobody was asked, the gateway refused; whatever a provider said, it was allowed to be asked.
    /// </summary>
    private static (string Decision, string? By) Decide(UsageRecord record) => record switch
    {
        { Canceled: true } => ("allowed", null),
        { Attempts: 0, Error: { } error } => ("refused", error.Code ?? error.Kind.ToString()),
        _ => ("allowed", null),
    };

    /// <summary>The limit that refused it, by name; null for none.</summary>
    private static string? RefusedBy(IReadOnlyList<MetLimit> limits)
    {
        for (int i = 0; i < limits.Count; i++)
        {
            if (limits[i].Outcome == "refused")
            {
                return limits[i].Limit;
            }
        }

        return null;
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }
}
