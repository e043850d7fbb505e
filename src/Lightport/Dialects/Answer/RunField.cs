using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects;

/// <summary>
/// The gateway's runs of tools in a field of its own, <c>lightport</c>, of which no vendor's dialect knows: for clients
/// of those that have no words for runs, where they ask for it alone.
/// </summary>
internal static class RunField
{
    public static ReadOnlySpan<byte> Name => "lightport"u8;

    /// <summary>The field, where there is something to tell.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<RunReport> runs)
    {
        if (runs.Count > 0)
        {
            writer.WritePropertyName(Name);
            WriteValue(writer, runs);
        }
    }

    public static void WriteValue(Utf8JsonWriter writer, IReadOnlyList<RunReport> runs)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("runs"u8);
        foreach (RunReport run in runs)
        {
            writer.WriteStartObject();
            writer.WriteString("id"u8, run.CallId);
            writer.WriteNumber("round"u8, run.Round);
            writer.WriteString("server"u8, run.Server);
            writer.WriteString("tool"u8, run.Tool);
            writer.WriteString("arguments"u8, run.Arguments);
            writer.WriteString("status"u8, Word(run.Status));
            writer.WriteOptional("progress", run.Progress);
            if (run.Milliseconds is { } milliseconds)
            {
                writer.WriteNumber("milliseconds"u8, milliseconds);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Word(RunStatus status) => status switch
    {
        RunStatus.Running => "running"u8,
        RunStatus.Completed => "completed"u8,
        RunStatus.Failed => "failed"u8,
        _ => "not_run"u8,
    };
}
