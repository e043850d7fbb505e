using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Writes the events that a step is told in: its start, its deltas, its stop. Steps are counted from 0.
/// </summary>
internal sealed class GoogleInteractionsStepEvents(GoogleInteractionsEvents events)
{
    /// <summary>How many steps have begun.</summary>
    public int Count { get; private set; }

    /// <summary>Begins the next step's start; write the step to what it returns, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter BeginStart(IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.start"u8, output);
        writer.WriteNumber("index"u8, Count++);
        writer.WritePropertyName("step"u8);
        return writer;
    }

    /// <summary>Begins a delta; write it to what it returns, then call <see cref="End"/>.</summary>
    public Utf8JsonWriter BeginDelta(int index, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.delta"u8, output);
        writer.WriteNumber("index"u8, index);
        writer.WritePropertyName("delta"u8);
        return writer;
    }

    public void End(Utf8JsonWriter writer, IBufferWriter<byte> output) => events.End(writer, output);

    /// <summary>Starts a step of which nothing but its type is known.</summary>
    /// <returns>The step's index.</returns>
    public int Start(ReadOnlySpan<byte> type, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginStart(output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteEndObject();
        End(writer, output);
        return Count - 1;
    }

    /// <summary>Tells a delta that is one text.</summary>
    /// <param name="field">What the delta calls it.</param>
    public void Tell(
        int index, ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, string text, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = BeginDelta(index, output);
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
        writer.WriteString(field, text);
        writer.WriteEndObject();
        End(writer, output);
    }

    /// <summary>Tells what a thought's provider wants back.</summary>
    public void TellSignature(int index, OpaqueState state, IBufferWriter<byte> output) =>
        Tell(index, "thought_signature"u8, "signature"u8, GoogleInteractionsThought.Signature(state), output);

    public void Stop(int index, IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = events.Begin("step.stop"u8, output);
        writer.WriteNumber("index"u8, index);
        events.End(writer, output);
    }
}
